package io.cloudconnector.host.link;

import io.cloudconnector.api.ConnectorException;

/** The grant was linked anew, ended, or refreshed by another before the vendor was asked. */
final class LeaseLostException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  LeaseLostException() {
    super("somebody else has changed this grant; the vendor is not asked");
  }
}
