package io.cloudconnector.host.sync;

import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.core.VendorUnavailableException;
import java.time.Duration;
import java.time.Instant;

/** How long it is until subscriptions are checked again. */
final class SubscriptionPauses {
  static final Duration DAILY = Duration.ofDays(1);
  private static final Duration SOONEST = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private SubscriptionPauses() {}

  /** The longest that it may be. */
  static Duration longest(int failures) {
    return failures > 0 ? LONGEST_PAUSE : DAILY;
  }

  /** At the connector's time, but at least daily. */
  static Instant next(Instant wanted, Instant now) {
    Instant soonest = now.plus(SOONEST);
    Instant latest = now.plus(DAILY);
    return wanted.isBefore(soonest) ? soonest : wanted.isAfter(latest) ? latest : wanted;
  }

  /** Doubles with each failure in a row; the vendor may ask for more. */
  static Duration after(int failures, Throwable fault) {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
    Duration pause = longer(Duration.ofMillis(doubled), asked(fault));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private static Duration asked(Throwable fault) {
    return switch (fault) {
      case RateLimitException limit -> limit.retryAfter().orElse(Duration.ZERO);
      case VendorUnavailableException absent -> absent.retryAfter();
      default -> Duration.ZERO;
    };
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
