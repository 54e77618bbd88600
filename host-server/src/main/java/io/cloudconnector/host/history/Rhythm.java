package io.cloudconnector.host.history;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Spreads what recurs, so that what began together does not come together for ever. */
final class Rhythm {
  private Rhythm() {}

  /** The interval, or up to a tenth less. */
  static Duration next(Duration interval) {
    return interval.minus(part(interval.dividedBy(10)));
  }

  /** Anything up to the interval. */
  static Duration first(Duration interval) {
    return part(interval);
  }

  private static Duration part(Duration of) {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(of.toMillis() + 1));
  }
}
