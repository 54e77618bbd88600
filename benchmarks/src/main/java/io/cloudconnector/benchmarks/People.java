package io.cloudconnector.benchmarks;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.link.CredentialsVault;
import io.cloudconnector.host.link.Grant;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Links people as the end of the consent page does, with tokens that last longer than any run. */
final class People {
  static final VendorType WHOOP = new VendorType("whoop");

  private final ConnectionStore connections;
  private final CredentialsVault vault;
  private final Database database;

  People(Database database, String encryptionKey) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.vault = new CredentialsVault(new Vault(List.of(EncryptionKey.parse(encryptionKey))));
  }

  static String name(int number) {
    return "person-" + number;
  }

  void link(int count) {
    database.execute(
        tx -> {
          for (int i = 0; i < count; i++) {
            link(tx, i);
          }
        });
  }

  private void link(Handle tx, int number) {
    Instant now = Instant.now();
    Instant until = now.plus(Duration.ofDays(3));
    Credentials credentials =
        Credentials.access(Secret.of("token-" + number))
            .refresh(Secret.of("refresh-" + number))
            .accessUntil(until);
    connections.link(
        tx,
        new NewConnection(
            WHOOP,
            name(number),
            1,
            Set.of(Integer.toString(SignedWebhooks.FIRST_ACCOUNT + number)),
            Set.of("offline", "read:profile", "read:sleep"),
            vault.seal(new Grant(WHOOP, name(number), 1), credentials),
            now,
            until,
            null));
  }
}
