package io.cloudconnector.simulator;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rolling windows over all requests that pass: a request is let through when each window has room,
 * and frees its place one window later. Each answer carries what is left of the window that is
 * nearest to full: {@code X-RateLimit-Limit} as in {@code 100, 100;window=60, 10000;window=86400},
 * {@code X-RateLimit-Remaining}, and {@code X-RateLimit-Reset} in seconds until a place comes free.
 * A refused request takes no place. Thread-safe.
 */
public final class SimulatedLimits implements Filter {
  private final InstantSource clock;
  private volatile List<RollingWindow> windows;
  private volatile boolean retryAfter;
  private long refused;

  /**
   * @param limits e.g. {@code new SimulatedLimits(clock, new Limit(100, Duration.ofMinutes(1)))}
   */
  public SimulatedLimits(InstantSource clock, Limit... limits) {
    this.clock = clock;
    this.windows = fresh(limits);
  }

  /**
   * So many requests in any stretch of this length.
   *
   * @param requests at least one
   * @param window positive
   */
  public record Limit(int requests, Duration window) {
    /**
     * @throws IllegalArgumentException unless both are positive
     */
    public Limit {
      if (requests < 1 || !window.isPositive()) {
        throw new IllegalArgumentException("a limit needs at least one request and some time");
      }
    }
  }

  /** Replaces the limits and forgets what was counted; without any, all requests pass. */
  public void set(Limit... limits) {
    windows = fresh(limits);
  }

  /** Whether a refusal says {@code Retry-After}, in seconds; at first it does not. */
  public void sayRetryAfter(boolean say) {
    retryAfter = say;
  }

  /** How many requests were refused. */
  public synchronized long refused() {
    return refused;
  }

  @Override
  public SimulatedReply around(SimulatedRequest request, Route next) {
    Reading reading = take();
    if (reading.windows().isEmpty()) {
      return next.answer(request);
    }
    return reading.label(reading.passed() ? next.answer(request) : refusal(reading));
  }

  private SimulatedReply refusal(Reading reading) {
    SimulatedReply reply = SimulatedReply.text(429, "Too many requests");
    return retryAfter ? reply.with("Retry-After", reading.reset()) : reply;
  }

  private synchronized Reading take() {
    Instant now = clock.instant();
    List<RollingWindow> all = windows;
    boolean room = all.stream().allMatch(window -> window.left(now) > 0);
    if (room) {
      all.forEach(window -> window.take(now));
    } else {
      refused++;
    }
    return Reading.of(room, all, now);
  }

  private static List<RollingWindow> fresh(Limit... limits) {
    return Stream.of(limits).map(RollingWindow::new).toList();
  }

  /** What the headers say, read in the same instant as the place was taken. */
  private record Reading(
      boolean passed, List<RollingWindow> windows, String limit, String remaining, String reset) {
    static Reading of(boolean passed, List<RollingWindow> windows, Instant now) {
      return windows.stream()
          .min(Comparator.comparingInt(window -> window.left(now)))
          .map(
              tight ->
                  new Reading(
                      passed,
                      windows,
                      Integer.toString(tight.limit().requests()),
                      Integer.toString(tight.left(now)),
                      Long.toString(tight.secondsToFree(now))))
          .orElseGet(() -> new Reading(passed, windows, "", "", ""));
    }

    SimulatedReply label(SimulatedReply reply) {
      String all =
          windows.stream()
              .map(w -> w.limit().requests() + ";window=" + w.limit().window().toSeconds())
              .collect(joining(", "));
      return reply
          .with("X-RateLimit-Limit", limit + ", " + all)
          .with("X-RateLimit-Remaining", remaining)
          .with("X-RateLimit-Reset", reset);
    }
  }
}
