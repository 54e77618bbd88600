package io.cloudconnector.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A limit does not allow the call now: the vendor's answer, or our own count. */
public class RateLimitException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /** When the vendor does not say how long to wait. */
  public RateLimitException(String message) {
    super(message);
    this.retryAfter = null;
  }

  public RateLimitException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long to wait, where known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
