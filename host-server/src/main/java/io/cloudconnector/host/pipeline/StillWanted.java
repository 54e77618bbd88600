package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxKind;
import io.cloudconnector.host.store.StoredConnection;
import java.util.Optional;

/** Whether what a vendor told is of a connection that there is. */
final class StillWanted {
  private StillWanted() {}

  /** Why a row of a person is to be closed without an event; empty when it is not. */
  static Optional<Outcome.Drop> no(InboxEntry entry, Optional<StoredConnection> connection) {
    if (connection.isEmpty() || connection.get().status() == ConnectionStatus.REVOKED) {
      return Optional.of(new Outcome.Drop("its connection has ended"));
    }
    return isOfAnotherAccount(entry, connection.get())
        ? Optional.of(new Outcome.Drop("the person has linked another account since"))
        : Optional.empty();
  }

  /** Asked with the new account's token, the vendor would call the old one's documents gone. */
  private static boolean isOfAnotherAccount(InboxEntry entry, StoredConnection connection) {
    // Pages are ended along with the link of another account.
    return entry.kind() != InboxKind.PAGE
        && !connection.accountIds().isEmpty()
        && !connection.accountIds().contains(entry.accountId());
  }
}
