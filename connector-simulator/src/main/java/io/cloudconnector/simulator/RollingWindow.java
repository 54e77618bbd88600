package io.cloudconnector.simulator;

import io.cloudconnector.simulator.SimulatedLimits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests that count against one limit: each takes a place and frees it one window later. Not
 * thread-safe; times must not go back.
 */
public final class RollingWindow {
  private final Limit limit;
  private final Deque<Instant> taken = new ArrayDeque<>();

  /** A window in which nothing is taken yet. */
  public RollingWindow(Limit limit) {
    this.limit = limit;
  }

  /** What it was made for. */
  public Limit limit() {
    return limit;
  }

  /** How many places are free now. */
  public int left(Instant now) {
    while (!taken.isEmpty() && !taken.getFirst().plus(limit.window()).isAfter(now)) {
      taken.removeFirst();
    }
    return limit.requests() - taken.size();
  }

  /** Takes a place, whether or not one is free. */
  public void take(Instant now) {
    taken.addLast(now);
  }

  /** Whole seconds, rounded up, until the oldest place comes free; 0 when none is taken. */
  public long secondsToFree(Instant now) {
    if (taken.isEmpty()) {
      return 0;
    }
    Duration wait = Duration.between(now, taken.getFirst().plus(limit.window()));
    return wait.plusNanos(999_999_999).toSeconds();
  }

  /** When all places are free again, if nothing is taken meanwhile. */
  public Instant allFree(Instant now) {
    return taken.isEmpty() ? now : taken.getLast().plus(limit.window());
  }
}
