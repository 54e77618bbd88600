package io.cloudconnector.host;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.SealedValues;
import io.cloudconnector.host.vault.Vault;
import java.util.Set;
import java.util.TreeSet;

/** What must hold before the host serves. */
final class StartupChecks {
  private StartupChecks() {}

  /** All that is sealed can be opened: without its key a healthy link would look dead. */
  static void keysKnown(Database database, Vault vault) {
    Set<String> missing = new TreeSet<>(new SealedValues(database).keyIds());
    missing.removeAll(vault.keyIds());
    if (!missing.isEmpty()) {
      throw StartupException.configuration(
          "the database holds values sealed with encryption key(s) "
              + String.join(", ", missing)
              + ", which security.encryptionKeys does not have; add the missing key(s) after the first");
    }
  }
}
