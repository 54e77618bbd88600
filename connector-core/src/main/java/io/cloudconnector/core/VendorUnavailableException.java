package io.cloudconnector.core;

import io.cloudconnector.api.VendorApiException;
import java.time.Duration;

/**
 * A call was not sent: the vendor fails so often that it is left alone for a while, or all calls
 * that may be under way to it are, or its connector is switched off. Nothing is known about this
 * call's own matter, so its status is 0, and trying again costs nothing. Connectors let it through;
 * the host waits without counting an attempt.
 */
public final class VendorUnavailableException extends VendorApiException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /** For hosts. */
  public VendorUnavailableException(String message, Duration retryAfter) {
    super(message, 0);
    this.retryAfter = retryAfter;
  }

  /** When another try is worth it; longer than nothing. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
