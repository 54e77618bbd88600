package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types that Oura has only as rows of measurements. One document of ours is one day in UTC, and
 * its id is that day ({@code 2026-11-27}): Oura's rows of the day, as they were sent and in their
 * order, in {@code {"data":[…]}}.
 */
record OuraSeries(OuraLists lists) {
  private static final Logger log = LoggerFactory.getLogger(OuraSeries.class);
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** Whether Oura takes the ends of a span for inclusive is not said. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /**
   * The day that an id means.
   *
   * @throws IllegalArgumentException when it means none
   */
  static LocalDate day(String id) {
    try {
      if (DAY.matcher(id).matches()) {
        return LocalDate.parse(id);
      }
    } catch (DateTimeException noSuchDay) {
      // The message below says all.
    }
    throw new IllegalArgumentException(
        "a document of a series of Oura's has a UTC day as its id, such as 2026-11-27");
  }

  /** The document of a day; empty when there is no row. */
  Optional<VendorData> of(Connection connection, OuraResource type, LocalDate day) {
    Instant from = day.atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant to = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    Map<String, String> window =
        new TreeMap<>(
            Map.of(
                "start_datetime", from.minus(MARGIN).toString(),
                "end_datetime", to.plus(MARGIN).toString()));
    List<byte[]> rows = new ArrayList<>();
    int timeless = 0;
    for (byte[] row : lists.rows(connection, type, window)) {
      Optional<Instant> time = time(Json.parse(row));
      timeless += time.isEmpty() ? 1 : 0;
      // Better twice than not at all, where a row does not say its time.
      if (time.map(at -> !at.isBefore(from) && at.isBefore(to)).orElse(true)) {
        rows.add(row);
      }
    }
    if (timeless > 0) {
      tellOfTimeless(connection, type, day, timeless);
    }
    Resource name = Resource.one(type.declared().name(), day.toString());
    return rows.isEmpty() ? Optional.empty() : Optional.of(VendorData.json(name, document(rows)));
  }

  private static void tellOfTimeless(
      Connection connection, OuraResource type, LocalDate day, int rows) {
    log.atWarn()
        .addKeyValue("vendor", "oura")
        .addKeyValue("user_id", connection.userId())
        .log("{} rows of {} have no readable time and are put to {}", rows, type.declared(), day);
  }

  private static Optional<Instant> time(Json row) {
    try {
      return row.find("/timestamp")
          .filter(Json::isText)
          .flatMap(text -> OuraTime.utc(text.text()))
          .or(() -> row.find("/timestamp_unix").map(Json::number).map(Instant::ofEpochMilli));
    } catch (JsonException noNumber) {
      return Optional.empty();
    }
  }

  private static byte[] document(List<byte[]> rows) {
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    document.writeBytes("{\"data\":[".getBytes(US_ASCII));
    String joint = "";
    for (byte[] row : rows) {
      document.writeBytes(joint.getBytes(US_ASCII));
      document.writeBytes(row);
      joint = ",";
    }
    document.writeBytes("]}".getBytes(US_ASCII));
    return document.toByteArray();
  }
}
