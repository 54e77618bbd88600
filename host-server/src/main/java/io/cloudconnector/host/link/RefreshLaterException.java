package io.cloudconnector.host.link;

import io.cloudconnector.api.ConnectorException;
import java.time.Instant;

/**
 * Fresh credentials are needed and cannot be had before a certain time. The link is as it was.
 * Connectors let it through; the host waits without counting an attempt.
 */
public final class RefreshLaterException extends ConnectorException {
  private static final long serialVersionUID = 1L;

  private final Instant notBefore;

  RefreshLaterException(String why, Instant notBefore) {
    super("the access token cannot be refreshed now: " + why);
    this.notBefore = notBefore;
  }

  public Instant notBefore() {
    return notBefore;
  }
}
