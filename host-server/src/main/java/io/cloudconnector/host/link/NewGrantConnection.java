package io.cloudconnector.host.link;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.VendorHttp;
import java.util.Set;

/** A grant that is not stored yet, for the one question whose account it is. */
record NewGrantConnection(
    String userId, Set<String> scopes, Credentials credentials, VendorHttp http)
    implements Connection {
  @Override
  public Set<String> accountIds() {
    return Set.of();
  }

  @Override
  public Credentials renewed(Credentials rejected) {
    throw new OAuthException("the vendor refuses the credentials that it has just given");
  }

  @Override
  public void end() {
    throw new IllegalStateException("a link that is not finished cannot be ended");
  }

  @Override
  public String toString() {
    return "new grant of " + userId;
  }
}
