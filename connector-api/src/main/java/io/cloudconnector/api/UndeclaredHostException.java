package io.cloudconnector.api;

/**
 * A call to a host that the connector did not declare: a mistake, or an address planted in a
 * webhook.
 */
public class UndeclaredHostException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  public UndeclaredHostException(String message) {
    super(message);
  }
}
