package io.cloudconnector.core;

import io.cloudconnector.api.VendorApiException;

/** The connection broke before anything of an answer came. */
final class BrokenConnectionException extends VendorApiException {
  private static final long serialVersionUID = 1L;

  BrokenConnectionException(String message, Throwable cause) {
    super(message, 0, cause);
  }
}
