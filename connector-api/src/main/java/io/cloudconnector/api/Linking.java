package io.cloudconnector.api;

import java.util.Set;

/**
 * How a person's account is linked, kept alive and let go. OAuth 2.0 is one implementation, in
 * connector-core. Stores nothing: the host does. Thread-safe.
 */
public interface Linking {
  /**
   * What the person has to do.
   *
   * @throws ConnectorException when it cannot be said now
   */
  LinkStep begin(LinkRequest request);

  /**
   * Turns the answer into credentials, at once (some vendors' codes live for 30 seconds).
   *
   * @throws OAuthException when the person refused or the vendor does not accept the answer
   * @throws VendorApiException when the vendor fails; the person may try again
   */
  Linked complete(LinkRequest request, LinkAnswer answer);

  /**
   * The vendor's names for the account behind a connection. Asked after {@link #complete} where
   * that gave none; repeatable. Where a vendor has several name spaces, each id carries a prefix of
   * the connector's own ({@code user:…}).
   */
  default Set<String> accountIds(Connection connection) {
    return connection.accountIds();
  }

  /**
   * Renews credentials with one vendor call.
   *
   * @throws ConnectorException when the vendor did not decide; the host tries again later and the
   *     connection stays as it is
   */
  Refreshed refresh(RefreshRequest request);

  /**
   * Ends this grant at the vendor, and no other of the same account. May be repeated.
   *
   * @throws ConnectorException when the vendor could not do it now; the host tries again
   */
  default Revoked revoke(Connection connection) {
    return Revoked.notSupported();
  }
}
