package io.cloudconnector.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Goes as real time goes, and can be put forward or back. Thread-safe. */
public final class SettableClock implements InstantSource {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  /** Negative to put it back. */
  public void advance(Duration time) {
    ahead.accumulateAndGet(time, Duration::plus);
  }
}
