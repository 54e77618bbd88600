package io.cloudconnector.core;

import io.cloudconnector.api.VendorApiException;

/** The vendor answered more than we take. */
final class OversizedAnswerException extends VendorApiException {
  private static final long serialVersionUID = 1L;

  OversizedAnswerException(String message) {
    super(message, 0);
  }
}
