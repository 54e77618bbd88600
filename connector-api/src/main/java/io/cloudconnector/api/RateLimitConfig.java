package io.cloudconnector.api;

import java.time.Duration;
import java.util.Optional;

/**
 * A vendor's limit: so many calls in any window of this length. Immutable; withers return copies.
 */
public final class RateLimitConfig {
  /** No vendor counts in less, and the host counts no finer than milliseconds. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final int maxRequests;
  private final Duration timeWindow;
  private final boolean aligned;
  private final boolean perConnection;
  private final Optional<String> tag;

  private RateLimitConfig(
      int maxRequests,
      Duration timeWindow,
      boolean aligned,
      boolean perConnection,
      Optional<String> tag) {
    if (maxRequests < 1 || timeWindow.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "a limit allows at least one call in a window of at least one second");
    }
    this.maxRequests = maxRequests;
    this.timeWindow = timeWindow;
    this.aligned = aligned;
    this.perConnection = perConnection;
    this.tag = tag;
  }

  /**
   * A rolling window over all calls of the whole application.
   *
   * @param maxRequests at least 1
   * @param timeWindow at least a second
   * @throws IllegalArgumentException when either is less
   */
  public static RateLimitConfig of(int maxRequests, Duration timeWindow) {
    return new RateLimitConfig(maxRequests, timeWindow, false, false, Optional.empty());
  }

  /** The window starts at multiples of its length since 1970-01-01T00:00Z instead of rolling. */
  public RateLimitConfig aligned() {
    return new RateLimitConfig(maxRequests, timeWindow, true, perConnection, tag);
  }

  /** Each connection has a window of its own. */
  public RateLimitConfig perConnection() {
    return new RateLimitConfig(maxRequests, timeWindow, aligned, true, tag);
  }

  /** Counts only calls with this {@link HttpCall#tag(String)}. */
  public RateLimitConfig onlyTagged(String name) {
    return new RateLimitConfig(maxRequests, timeWindow, aligned, perConnection, Optional.of(name));
  }

  public int maxRequests() {
    return maxRequests;
  }

  public Duration timeWindow() {
    return timeWindow;
  }

  public boolean isAligned() {
    return aligned;
  }

  public boolean isPerConnection() {
    return perConnection;
  }

  public Optional<String> tag() {
    return tag;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RateLimitConfig limit
        && maxRequests == limit.maxRequests
        && timeWindow.equals(limit.timeWindow)
        && aligned == limit.aligned
        && perConnection == limit.perConnection
        && tag.equals(limit.tag);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(maxRequests, timeWindow, aligned, perConnection, tag);
  }

  @Override
  public String toString() {
    return maxRequests
        + " per "
        + timeWindow
        + (perConnection ? " and connection" : "")
        + tag.map(name -> " of " + name).orElse("");
  }
}
