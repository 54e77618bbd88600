package io.cloudconnector.host.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * A time to wait. It is over, too, when the clock has gone back behind its beginning: nobody waits
 * for a time that a wrong clock has set.
 */
record Pause(Instant from, Instant until) {
  static final Pause NONE = new Pause(Instant.EPOCH, Instant.EPOCH);

  static Pause of(Instant now, Duration length) {
    return new Pause(now, now.plus(length));
  }

  boolean isOver(Instant now) {
    return now.isBefore(from) || !now.isBefore(until);
  }

  Duration left(Instant now) {
    return isOver(now) ? Duration.ZERO : Duration.between(now, until);
  }
}
