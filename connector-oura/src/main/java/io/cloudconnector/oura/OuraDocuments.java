package io.cloudconnector.oura;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents with ids out of Oura's lists, each as the bytes that were sent. */
record OuraDocuments(OuraLists lists) {
  private static final Logger log = LoggerFactory.getLogger(OuraDocuments.class);

  /**
   * What to ask for so that no document of these days is missed. Oura takes the start or the end of
   * a list for exclusive, depending on the type, and nobody says which: so one day before and two
   * after are asked for too, and what is of these alone is left out afterwards.
   *
   * @param first inclusive
   * @param last inclusive
   */
  static Map<String, String> window(LocalDate first, LocalDate last) {
    return new TreeMap<>(
        Map.of(
            "start_date", first.minusDays(1).toString(),
            "end_date", last.plusDays(2).toString()));
  }

  /** {@link #window(LocalDate, LocalDate)} for moments, in whatever zone the person may be. */
  static Map<String, String> window(Instant from, Instant to) {
    return window(OuraTime.firstDay(from), OuraTime.lastDay(to.minusNanos(1)));
  }

  List<VendorData> touching(Connection connection, OuraResource type, Instant from, Instant to) {
    return documents(
        connection,
        type,
        lists.rows(connection, type, window(from, to)),
        document -> OuraSpan.of(document).touches(from, to));
  }

  /** Those that Oura counts to these days, and those that name no day. */
  List<VendorData> ofDays(
      Connection connection, OuraResource type, LocalDate first, LocalDate last) {
    return documents(
        connection,
        type,
        lists.rows(connection, type, window(first, last)),
        document ->
            OuraSpan.day(document)
                .map(day -> !day.isBefore(first) && !day.isAfter(last))
                .orElse(true));
  }

  /**
   * The rows that are wanted, in their order. One without a usable id is told of in the log and
   * left out: it could neither be fetched nor told from others.
   */
  List<VendorData> documents(
      Connection connection, OuraResource type, List<byte[]> rows, Predicate<Json> wanted) {
    List<VendorData> documents = new ArrayList<>();
    int nameless = 0;
    for (byte[] row : rows) {
      Json document = Json.parse(row);
      Optional<Resource> name = name(type, document);
      if (name.isEmpty()) {
        nameless++;
      } else if (wanted.test(document)) {
        documents.add(VendorData.json(name.get(), row));
      }
    }
    if (nameless > 0) {
      log.atWarn()
          .addKeyValue("vendor", "oura")
          .addKeyValue("user_id", connection.userId())
          .log("{} documents of {} have no usable id and are left out", nameless, type.declared());
    }
    return documents;
  }

  private static Optional<Resource> name(OuraResource type, Json document) {
    try {
      return Optional.of(Resource.one(type.declared().name(), document.at("/id").text()));
    } catch (JsonException | IllegalArgumentException nameless) {
      return Optional.empty();
    }
  }
}
