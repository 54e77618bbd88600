package io.cloudconnector.api;

/**
 * What connectors and the host tell each other went wrong. Messages are for the operator's log: no
 * secret, no body, no personal data.
 */
public class ConnectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConnectorException(String message) {
    super(message);
  }

  public ConnectorException(String message, Throwable cause) {
    super(message, cause);
  }
}
