package io.cloudconnector.core;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how many calls to one vendor are under way at once; whoever waits longest is next.
 * Thread-safe.
 */
final class Bulkhead {
  private final int most;
  // Not Failsafe's bulkhead (3.3.2): a place that comes free goes to a waiter who has given up, and
  // is lost.
  private final Semaphore places;

  Bulkhead(int most) {
    this.most = most;
    this.places = new Semaphore(most, true);
  }

  /** Waits for room; false when there is none in time. */
  boolean enter(Duration longest) {
    try {
      return places.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BrokenOffException("interrupted while waiting to call", stopped);
    }
  }

  void leave() {
    places.release();
  }

  int inFlight() {
    return most - places.availablePermits();
  }
}
