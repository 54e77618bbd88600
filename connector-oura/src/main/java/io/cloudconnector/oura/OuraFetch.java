package io.cloudconnector.oura;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource.Days;
import io.cloudconnector.api.Resource.Span;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.oura.OuraResource.Listing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is fetched through Oura's lists: a day of a series, and all documents of a span. */
record OuraFetch(OuraLists lists) {
  /** Gone when Oura has no row of that day. */
  FetchResult day(Connection connection, OuraResource type, String id) {
    LocalDate day = OuraSeries.day(id);
    try {
      return new OuraSeries(lists)
          .of(connection, type, day)
          .map(FetchResult::found)
          .orElseGet(FetchResult::gone);
    } catch (VendorApiException refused) {
      if (refused.statusCode() == 404) {
        return FetchResult.gone();
      }
      throw refused;
    }
  }

  FetchResult span(Connection connection, OuraResource type, Span span) {
    check(type, Duration.between(span.from(), span.to()));
    return FetchResult.found(
        type.listing() == Listing.SERIES
            ? series(connection, type, span.from(), span.to())
            : new OuraDocuments(lists).touching(connection, type, span.from(), span.to()));
  }

  private List<VendorData> series(
      Connection connection, OuraResource type, Instant from, Instant to) {
    LocalDate first = LocalDate.ofInstant(from, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(to.minusNanos(1), ZoneOffset.UTC);
    return first
        .datesUntil(last.plusDays(1))
        .flatMap(day -> new OuraSeries(lists).of(connection, type, day).stream())
        .toList();
  }

  /**
   * The days are the person's own, by which Oura counts documents.
   *
   * @throws IllegalArgumentException for a series: where its rows' days begin is not known
   */
  FetchResult days(Connection connection, OuraResource type, Days days) {
    if (type.listing() == Listing.SERIES) {
      throw new IllegalArgumentException(
          "Oura's " + type.declared() + " is fetched by moments or by one UTC day");
    }
    check(type, Duration.ofDays(ChronoUnit.DAYS.between(days.first(), days.last()) + 1));
    return FetchResult.found(
        new OuraDocuments(lists).ofDays(connection, type, days.first(), days.last()));
  }

  private static void check(OuraResource type, Duration length) {
    if (type.listing() == Listing.NONE || type.listing() == Listing.WHOLE) {
      throw new IllegalArgumentException("Oura's " + type.declared() + " is not fetched by time");
    }
    Duration most = type.declared().maxSpan().orElseThrow();
    if (length.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "at most %d days of Oura's %s are fetched at once"
              .formatted(most.toDays(), type.declared()));
    }
  }
}
