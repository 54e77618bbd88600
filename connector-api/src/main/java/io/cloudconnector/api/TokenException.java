package io.cloudconnector.api;

/** There are no usable credentials: the link ended, or the person has to link again. */
public class TokenException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  public TokenException(String message) {
    super(message);
  }
}
