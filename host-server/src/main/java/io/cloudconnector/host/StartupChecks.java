package io.cloudconnector.host;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.store.Bytes;
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
    Set<String> missing = new TreeSet<>();
    for (Bytes sealed : SealedValues.samples(database, Vault.HEADER_KEY_SIZE)) {
      missing.add(Vault.keyIdOf(sealed.toArray()));
    }
    missing.removeAll(vault.keyIds());
    if (!missing.isEmpty()) {
      throw StartupException.configuration(
          "the database holds values sealed with encryption key(s) "
              + String.join(", ", missing)
              + ", which security.encryptionKeys does not have; add the missing key(s) after the first");
    }
  }
}
