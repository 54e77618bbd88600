package io.cloudconnector.core;

import io.cloudconnector.api.VendorApiException;

/**
 * A document is not JSON, or not of the expected form. The message names the place, as a byte
 * offset or an RFC 6901 pointer, and never what stands there.
 *
 * <p>The vendor's fault, with status 0: a page that a proxy answered in the vendor's place must be
 * asked for again, so it may pass through {@code fetchData}. Out of {@code parseEvents} it makes
 * the webhook malformed.
 */
public final class JsonException extends VendorApiException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message, 0);
  }
}
