package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.ConnectorException;

/** A page of history that cannot be right, however often it is asked for: the connector errs. */
public final class BadPageException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  BadPageException(String message) {
    super(message);
  }
}
