package io.cloudconnector.host.limit;

import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.host.store.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One limit of one vendor, laid over the uses of its scope at a moment. */
record Window(RateLimitConfig limit) {
  /** Calls that count at a moment; those dated later count too. */
  long used(List<LimitUse> uses, Instant now) {
    return counting(uses, now).mapToLong(LimitUse::permits).sum();
  }

  /**
   * Empty when so many calls may start now, else when they may.
   *
   * @param room how far they may fill the window
   */
  Optional<Instant> opensAt(List<LimitUse> uses, int calls, int room, Instant now) {
    long surplus = used(uses, now) + calls - room;
    return surplus <= 0 ? Optional.empty() : Optional.of(freeAt(uses, surplus, now));
  }

  private Instant freeAt(List<LimitUse> uses, long permits, Instant now) {
    long free = 0;
    Instant last = now;
    for (LimitUse use :
        counting(uses, now).sorted(Comparator.comparing(use -> end(use, now))).toList()) {
      free += use.permits();
      last = end(use, now);
      if (free >= permits) {
        break;
      }
    }
    return last;
  }

  LimitStatus status(List<LimitUse> uses, Instant now) {
    long used = used(uses, now);
    int remaining = (int) Math.max(0, limit.maxRequests() - used);
    return new Status(limit, remaining, used == 0 ? now : freeAt(uses, used, now));
  }

  boolean isApplications() {
    return !limit.isPerConnection() && limit.tag().isEmpty();
  }

  boolean counts(String tag) {
    return limit.tag().map(tag::equals).orElse(true);
  }

  private Stream<LimitUse> counting(List<LimitUse> uses, Instant now) {
    return uses.stream()
        .filter(
            use ->
                counts(use.tag())
                    && (limit.isAligned()
                        ? !use.at().isBefore(start(now))
                        : use.at().isAfter(now.minus(length()))));
  }

  /** When a use counts no more. A held one may be answered any moment, and hardly ever later. */
  private Instant end(LimitUse use, Instant now) {
    Instant at = use.held() && use.at().isAfter(now) ? now : use.at();
    return (limit.isAligned() ? start(at) : at).plus(length());
  }

  /** Of the aligned window that holds a moment. */
  private Instant start(Instant at) {
    long millis = length().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
  }

  private Duration length() {
    return limit.timeWindow();
  }

  record Status(RateLimitConfig limit, int remaining, Instant resetAt) implements LimitStatus {}
}
