package io.cloudconnector.oura;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.core.Json;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What Oura has of a span. A page is a page of Oura's list; of a series it is one whole day in UTC,
 * the last day first, and its cursor is the next day.
 */
record OuraHistory(OuraLists lists) implements History {
  @Override
  public HistoryPage page(Connection connection, HistoryQuery query) {
    OuraResource type = OuraResource.named(query.resourceType());
    return switch (type.listing()) {
      case NONE -> HistoryPage.last(List.of(only(connection, type)));
      case WHOLE -> listed(connection, query, type, Map.of(), document -> true);
      case BY_DAY ->
          listed(
              connection,
              query,
              type,
              OuraDocuments.window(query.from(), query.to()),
              document -> OuraSpan.of(document).touches(query.from(), query.to()));
      case SERIES -> day(connection, query, type);
    };
  }

  private VendorData only(Connection connection, OuraResource type) {
    byte[] body = lists.answer(connection, type, Map.of(), Optional.empty()).body();
    Json.parse(body);
    return VendorData.json(Resource.all(type.declared().name()), body);
  }

  private HistoryPage listed(
      Connection connection,
      HistoryQuery query,
      OuraResource type,
      Map<String, String> window,
      Predicate<Json> wanted) {
    Optional<OuraCursor> cursor = query.cursor().map(OuraCursor::read);
    int number = cursor.map(OuraCursor::page).orElse(1);
    if (number > OuraLists.MOST_PAGES) {
      throw OuraLists.circle(type);
    }
    OuraPage page = lists.page(connection, type, window, cursor.map(OuraCursor::token));
    List<VendorData> documents =
        new OuraDocuments(lists).documents(connection, type, page.rows(), wanted);
    return page.next()
        .map(token -> HistoryPage.more(documents, new OuraCursor(number + 1, token).text()))
        .orElseGet(() -> HistoryPage.last(documents));
  }

  private HistoryPage day(Connection connection, HistoryQuery query, OuraResource type) {
    LocalDate first = LocalDate.ofInstant(query.from(), ZoneOffset.UTC);
    LocalDate day =
        query
            .cursor()
            .map(OuraSeries::day)
            .orElseGet(() -> LocalDate.ofInstant(query.to().minusNanos(1), ZoneOffset.UTC));
    List<VendorData> documents = new OuraSeries(lists).of(connection, type, day).stream().toList();
    return day.isAfter(first)
        ? HistoryPage.more(documents, day.minusDays(1).toString())
        : HistoryPage.last(documents);
  }
}
