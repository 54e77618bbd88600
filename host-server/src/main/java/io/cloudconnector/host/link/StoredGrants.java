package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.StoredConnection;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Grants as they are stored now. Each method throws {@link TokenException} when this grant is no
 * more. Thread-safe.
 */
final class StoredGrants {
  private final ConnectionStore connections;
  private final CredentialsVault vault;

  StoredGrants(Database database, CredentialsVault vault) {
    this.connections = new ConnectionStore(database);
    this.vault = vault;
  }

  Credentials credentials(Grant grant) {
    return open(alive(connections.find(grant.vendor(), grant.userId()), grant));
  }

  /** The connection, which nobody else changes until the transaction ends. */
  StoredConnection find(Handle tx, Grant grant) {
    return alive(connections.find(tx, grant.vendor(), grant.userId()), grant);
  }

  private static StoredConnection alive(Optional<StoredConnection> found, Grant grant) {
    StoredConnection stored =
        found
            .filter(now -> now.generation() == grant.generation())
            .orElseThrow(() -> new TokenException("the person has linked again meanwhile"));
    if (stored.status() != ConnectionStatus.ACTIVE) {
      throw new TokenException("the connection is " + stored.status());
    }
    return stored;
  }

  Credentials open(StoredConnection stored) {
    Bytes sealed = stored.credentials();
    if (sealed == null) {
      throw new TokenException("the credentials of this connection were erased");
    }
    return vault.open(Grant.of(stored), sealed);
  }
}
