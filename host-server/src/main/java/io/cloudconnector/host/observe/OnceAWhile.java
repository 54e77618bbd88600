package io.cloudconnector.host.observe;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Spares the operator the same line many times a second, while a fault lasts. Thread-safe. */
public final class OnceAWhile {
  private static final Duration WHILE = Duration.ofSeconds(30);

  private final AtomicLong next = new AtomicLong(System.nanoTime());

  /** Whether it is time to tell; true once in thirty seconds at most. */
  public boolean isDue() {
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + WHILE.toNanos());
  }
}
