package io.cloudconnector.api;

/** The vendor did not answer within the deadline. */
public class VendorTimeoutException extends VendorApiException {
  private static final long serialVersionUID = 1L;

  public VendorTimeoutException(String message) {
    super(message, 0);
  }
}
