package io.cloudconnector.host.history;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.host.store.HistoryPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Cuts a span into pieces that a vendor takes, the newest first. */
public final class Slices {
  /** Where the vendor names no longest span: a run that is killed should not lose much. */
  private static final Duration USUAL = Duration.ofDays(30);

  private Slices() {}

  /** The newest, from its first page on. */
  public static HistoryPlace newest(ResourceType type, Instant from, Instant to) {
    Instant begin = to.minus(type.maxSpan().orElse(USUAL));
    return HistoryPlace.first(begin.isBefore(from) ? from : begin, to);
  }

  /**
   * The one before.
   *
   * @return empty when the whole span, which begins at {@code from}, is done
   */
  public static Optional<HistoryPlace> before(HistoryPlace done, ResourceType type, Instant from) {
    return done.from().isAfter(from)
        ? Optional.of(newest(type, from, done.from()))
        : Optional.empty();
  }

  /** Where a span begins for a type of which the vendor gives only so much. */
  static Instant within(ResourceType type, Instant from, Instant now) {
    Instant oldest = type.lookBack().map(now::minus).orElse(from);
    return oldest.isAfter(from) ? oldest : from;
  }
}
