package io.cloudconnector.host.link;

import io.cloudconnector.api.Connection;
import io.cloudconnector.host.limit.Reservation;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;

/** Hands stored connections to connectors. Thread-safe. */
public final class Connections {
  /** What one vendor call may take; a piece of work has several. */
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(30);

  private final TokenKeeper tokens;
  private final ConnectionEnder ender;

  public Connections(TokenKeeper tokens, ConnectionEnder ender) {
    this.tokens = tokens;
    this.ender = ender;
  }

  /** A connection whose calls use up a reservation. */
  public Connection open(
      RunningConnector connector, StoredConnection stored, Reservation reservation) {
    return new HostConnection(
        connector, stored, tokens, ender, connector.http(reservation, CALL_DEADLINE));
  }
}
