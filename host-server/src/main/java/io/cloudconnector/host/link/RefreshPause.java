package io.cloudconnector.host.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a grant rests after refreshes that decided nothing. */
final class RefreshPause {
  /** The longest, also where the vendor wants more; a longer one was set by a wrong clock. */
  static final Duration BEYOND_BELIEF = Duration.ofDays(1);

  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration FIRST = Duration.ofSeconds(5);

  private RefreshPause() {}

  /** As the vendor wants, within a day, but no shorter than {@link #after(int)}. */
  static Duration after(int failures, Duration wanted) {
    Duration pause = after(failures);
    Duration obeyed = wanted.compareTo(BEYOND_BELIEF) < 0 ? wanted : BEYOND_BELIEF;
    return obeyed.compareTo(pause) > 0 ? obeyed : pause;
  }

  /** Doubled with each failure, and a fifth more or less, so that not all come back at once. */
  static Duration after(int failures) {
    long doubled = FIRST.toMillis() << Math.min(failures - 1, 20);
    long pause = Math.min(doubled, LONGEST.toMillis());
    return Duration.ofMillis(Math.round(pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
  }
}
