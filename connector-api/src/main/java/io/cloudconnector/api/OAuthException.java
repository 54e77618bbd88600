package io.cloudconnector.api;

import java.util.Optional;

/** The vendor does not authorise: consent denied, credentials refused, a resource not permitted. */
public class OAuthException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  private final String error;

  public OAuthException(String message) {
    this(message, "");
  }

  /**
   * With the vendor's own error code.
   *
   * @param error the vendor's error code, such as {@code access_denied} (RFC 6749 4.1.2.1), or
   *     empty
   */
  public OAuthException(String message, String error) {
    super(message);
    this.error = error;
  }

  /** The vendor's error code. */
  public Optional<String> error() {
    return error.isEmpty() ? Optional.empty() : Optional.of(error);
  }
}
