package io.cloudconnector.host.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Notices when the clock was set back. For one thread. */
final class ClockWatch {
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private Instant before;
  private long beforeNanos;

  ClockWatch(InstantSource clock) {
    this.clock = clock;
    this.before = clock.instant();
    this.beforeNanos = System.nanoTime();
  }

  /** By how much since the last look; empty when it runs as it should, or ahead. */
  Optional<Duration> setBack() {
    Instant now = clock.instant();
    long nanos = System.nanoTime();
    Duration missing = Duration.between(now, before.plusNanos(nanos - beforeNanos));
    before = now;
    beforeNanos = nanos;
    return missing.compareTo(TOLERANCE) > 0 ? Optional.of(missing) : Optional.empty();
  }
}
