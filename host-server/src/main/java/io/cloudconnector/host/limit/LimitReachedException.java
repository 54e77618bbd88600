package io.cloudconnector.host.limit;

import io.cloudconnector.api.RateLimitException;
import java.time.Duration;
import java.time.Instant;

/** Our own count does not allow a call now. Nothing was taken, and the vendor was not asked. */
public final class LimitReachedException extends RateLimitException {
  private static final long serialVersionUID = 1L;

  private final Instant until;
  private final boolean everyone;

  LimitReachedException(String message, Duration retryAfter, Instant until, boolean everyone) {
    super(message, retryAfter);
    this.until = until;
    this.everyone = everyone;
  }

  /** From when on it is worth another try. */
  public Instant until() {
    return until;
  }

  /**
   * Whether all work of this vendor in this lane and in those after it has to wait, and not only
   * this person's or calls of this tag.
   */
  public boolean everyone() {
    return everyone;
  }
}
