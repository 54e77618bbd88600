package io.cloudconnector.host.pipeline;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When failed work is tried again: soon at first, then ever more slowly, and not for ever.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer
 * @param horizon after so long from the first failure it is given up
 * @param jitter gives numbers from 0 to 1, so that many failures at once do not come back at once
 */
public record RetryPolicy(
    Duration first, Duration longest, Duration horizon, DoubleSupplier jitter) {
  /** From a second to a quarter of an hour, for a day. */
  public static RetryPolicy ofDefaults() {
    return new RetryPolicy(
        Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24), Math::random);
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
}
