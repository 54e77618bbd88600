package io.cloudconnector.api;

/** The vendor failed, or answered what cannot be used. */
public class VendorApiException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  private final int statusCode;

  /**
   * With the vendor's status.
   *
   * @param statusCode the HTTP status, or 0 when there was no usable answer
   */
  public VendorApiException(String message, int statusCode) {
    super(message);
    this.statusCode = statusCode;
  }

  public VendorApiException(String message, int statusCode, Throwable cause) {
    super(message, cause);
    this.statusCode = statusCode;
  }

  /** The HTTP status, or 0 when there was no usable answer. */
  public int statusCode() {
    return statusCode;
  }
}
