package io.cloudconnector.host.history;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.PersonalHistory;
import io.cloudconnector.host.store.ReconciliationStore;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What a link means for a person's history. A first link, one after an end, and one to another
 * account begin anew; one to the same account goes on where it was. Thread-safe.
 */
public final class LinkedHistory {
  private final Backfills backfills;
  private final PersonalHistory history;
  private final ReconciliationStore reconciliation;

  public LinkedHistory(Database database, Backfills backfills) {
    this.backfills = backfills;
    this.history = new PersonalHistory(database);
    this.reconciliation = new ReconciliationStore(database);
  }

  /**
   * Begins what is to be begun, in the transaction of the link and before what waits is woken.
   *
   * @param before what the person had linked until now
   */
  public void linked(
      Handle tx,
      RunningConnector connector,
      Optional<StoredConnection> before,
      StoredConnection connection,
      Instant now) {
    if (before.filter(old -> goesOn(old, connection)).isPresent()) {
      return;
    }
    history.end(tx, connection.vendor(), connection.userId(), now);
    backfills.onLink(tx, connector, connection, now);
    if (connector.sync().reconcile().isPositive()) {
      reconciliation.enrol(
          tx,
          connection.vendor(),
          connection.userId(),
          HistoryTypes.wanted(connector).stream().map(ResourceType::name).toList(),
          now,
          now.plus(Rhythm.next(connector.sync().reconcile())));
    }
  }

  private static boolean goesOn(StoredConnection old, StoredConnection connection) {
    return old.status() != ConnectionStatus.REVOKED
        && !Collections.disjoint(old.accountIds(), connection.accountIds());
  }
}
