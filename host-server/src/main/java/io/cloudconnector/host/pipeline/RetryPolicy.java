package io.cloudconnector.host.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When failed work is tried again: soon at first, then ever more slowly, and not for ever.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer
 * @param horizon after so long from the first failure it is given up
 * @param attempts after so many failures it is given up
 * @param jitter gives numbers from 0 to 1, so that many failures at once do not come back at once
 */
public record RetryPolicy(
    Duration first, Duration longest, Duration horizon, int attempts, DoubleSupplier jitter) {
  /** From a second to a quarter of an hour. */
  public static RetryPolicy of(Duration horizon, int attempts) {
    return new RetryPolicy(
        Duration.ofSeconds(1), Duration.ofMinutes(15), horizon, attempts, Math::random);
  }

  /**
   * The pause after so many failures.
   *
   * @param failures at least 1
   */
  public Duration pause(int failures) {
    double doubled = (double) first.toMillis() * Math.pow(2, Math.min(failures - 1, 30));
    double pause = Math.min(doubled, (double) longest.toMillis());
    return Duration.ofMillis(Math.round(pause * (0.8 + 0.4 * jitter.getAsDouble())));
  }

  /**
   * Whether that is enough.
   *
   * @param failures this one included
   * @param first when the first of them was
   */
  boolean givesUp(int failures, Instant first, Instant now) {
    return failures >= attempts || first.plus(horizon).isBefore(now);
  }
}
