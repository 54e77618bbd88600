package io.cloudconnector.host.web;

import io.cloudconnector.host.store.HistoryPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/** Reads a span of time out of a request. */
final class Spans {
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private Spans() {}

  /**
   * Both ends, to the millisecond; what lies in the future is cut off.
   *
   * @return without a cursor, as the place of one slice
   */
  static HistoryPlace read(Function<String, Optional<String>> given, Instant now) {
    Instant from = time(given, "from");
    Instant to = time(given, "to");
    if (!from.isBefore(to)) {
      throw ProblemException.badRequest("'from' must be before 'to'");
    }
    Instant present = now.truncatedTo(ChronoUnit.MILLIS);
    if (!from.isBefore(present)) {
      throw ProblemException.badRequest("'from' must not be in the future");
    }
    return HistoryPlace.first(from, to.isAfter(present) ? present : to);
  }

  private static Instant time(Function<String, Optional<String>> given, String name) {
    String text =
        given
            .apply(name)
            .orElseThrow(() -> ProblemException.badRequest("a span needs both 'from' and 'to'"));
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
        return time.truncatedTo(ChronoUnit.MILLIS);
      }
    } catch (DateTimeException e) {
      throw unreadable(name);
    }
    throw unreadable(name);
  }

  private static ProblemException unreadable(String name) {
    return ProblemException.badRequest(
        "'" + name + "' must be a time in UTC since 1970, such as 2026-11-30T00:00:00Z");
  }
}
