package io.cloudconnector.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a vendor's answer says about one of its limits. It overrides our own count. Immutable;
 * withers return copies.
 */
public final class LimitReading {
  private final Optional<Duration> window;
  private final int remaining;
  private final Instant resetAt;
  private final boolean perConnection;

  private LimitReading(
      Optional<Duration> window, int remaining, Instant resetAt, boolean perConnection) {
    this.window = window;
    this.remaining = remaining;
    this.resetAt = resetAt;
    this.perConnection = perConnection;
  }

  /**
   * A reading of the limit with this window.
   *
   * @param window the length that names the limit, as in {@link RateLimitConfig#timeWindow}
   * @param remaining calls left
   * @param resetAt when more are allowed
   */
  public static LimitReading of(Duration window, int remaining, Instant resetAt) {
    return new LimitReading(Optional.of(window), remaining, resetAt, false);
  }

  /** For vendors that do not say which of their limits they speak of. */
  public static LimitReading of(int remaining, Instant resetAt) {
    return new LimitReading(Optional.empty(), remaining, resetAt, false);
  }

  /** The reading is of this connection's own limit, not of the application's. */
  public LimitReading perConnection() {
    return new LimitReading(window, remaining, resetAt, true);
  }

  public Optional<Duration> window() {
    return window;
  }

  public int remaining() {
    return remaining;
  }

  public Instant resetAt() {
    return resetAt;
  }

  public boolean isPerConnection() {
    return perConnection;
  }

  @Override
  public String toString() {
    return remaining + " left until " + resetAt;
  }
}
