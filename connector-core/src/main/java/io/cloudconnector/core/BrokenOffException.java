package io.cloudconnector.core;

import io.cloudconnector.api.VendorApiException;

/** We gave up waiting because the caller was interrupted. */
final class BrokenOffException extends VendorApiException {
  private static final long serialVersionUID = 1L;

  BrokenOffException(String message, Throwable cause) {
    super(message, 0, cause);
  }
}
