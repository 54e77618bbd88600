package io.cloudconnector.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Goes as real time goes, and can be put forward. Thread-safe. */
final class SettableClock implements InstantSource {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  void advance(Duration time) {
    ahead.accumulateAndGet(time, Duration::plus);
  }
}
