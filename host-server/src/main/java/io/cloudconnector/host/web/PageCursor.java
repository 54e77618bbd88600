package io.cloudconnector.host.web;

import io.cloudconnector.host.store.HistoryPlace;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Where a caller goes on: the slice of the span, and the vendor's own cursor in that. */
final class PageCursor {
  private PageCursor() {}

  static String write(HistoryPlace place) {
    String cursor = place.cursor();
    String text =
        place.from().toEpochMilli()
            + " "
            + place.to().toEpochMilli()
            + (cursor == null ? "" : " " + cursor);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads one that was given out for this span. */
  static HistoryPlace read(String text, HistoryPlace span) {
    HistoryPlace place;
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> parts = List.of(plain.split(" ", 3));
      place =
          new HistoryPlace(
              Instant.ofEpochMilli(Long.parseLong(parts.get(0))),
              Instant.ofEpochMilli(Long.parseLong(parts.get(1))),
              parts.size() == 3 ? parts.get(2) : null,
              0);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw unknown();
    }
    boolean within =
        place.from().isBefore(place.to())
            && !place.from().isBefore(span.from())
            && !place.to().isAfter(span.to());
    if (!within) {
      throw unknown();
    }
    return place;
  }

  private static ProblemException unknown() {
    return ProblemException.badRequest(
        "'cursor' must be the 'next' of a page of the same 'from' and 'to'");
  }
}
