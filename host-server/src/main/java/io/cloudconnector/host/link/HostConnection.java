package io.cloudconnector.host.link;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.StoredConnection;
import java.util.Set;

/** A stored connection as a connector sees it, bound to the grant it was read with. */
final class HostConnection implements Connection {
  private final RunningConnector connector;
  private final StoredConnection stored;
  private final TokenKeeper tokens;
  private final ConnectionEnder ender;
  private final VendorHttp http;

  HostConnection(
      RunningConnector connector,
      StoredConnection stored,
      TokenKeeper tokens,
      ConnectionEnder ender,
      VendorHttp http) {
    this.connector = connector;
    this.stored = stored;
    this.tokens = tokens;
    this.ender = ender;
    this.http = http;
  }

  @Override
  public String userId() {
    return stored.userId();
  }

  @Override
  public Set<String> accountIds() {
    return stored.accountIds();
  }

  @Override
  public Set<String> scopes() {
    return stored.scopes();
  }

  @Override
  public Credentials credentials() {
    return tokens.fresh(connector, Grant.of(stored));
  }

  @Override
  public Credentials renewed(Credentials rejected) {
    return tokens.renewed(connector, Grant.of(stored), rejected);
  }

  @Override
  public VendorHttp http() {
    return http;
  }

  @Override
  public void end() {
    ender.end(Grant.of(stored));
  }

  @Override
  public String toString() {
    return "connection of " + stored.userId() + " to " + stored.vendor();
  }
}
