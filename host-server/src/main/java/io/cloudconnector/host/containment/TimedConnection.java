package io.cloudconnector.host.containment;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.VendorHttp;
import java.util.Set;

/** See {@link HostTime}. */
record TimedConnection(Connection connection) implements Connection {
  @Override
  public String userId() {
    return connection.userId();
  }

  @Override
  public Set<String> accountIds() {
    return connection.accountIds();
  }

  @Override
  public Set<String> scopes() {
    return connection.scopes();
  }

  @Override
  public Credentials credentials() {
    return HostTime.spent(connection::credentials);
  }

  @Override
  public Credentials renewed(Credentials rejected) {
    return HostTime.spent(() -> connection.renewed(rejected));
  }

  @Override
  public VendorHttp http() {
    return HostTime.of(connection.http());
  }

  @Override
  public void end() {
    HostTime.spent(connection::end);
  }

  @Override
  public String toString() {
    return connection.toString();
  }
}
