package io.cloudconnector.host.history;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.HostClocks;
import io.cloudconnector.host.store.InboxState;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.PageRows;
import io.cloudconnector.host.store.ReconciliationStore;
import io.cloudconnector.host.store.ReconciliationStore.Due;
import io.cloudconnector.host.store.StoredConnection;
import io.cloudconnector.host.store.WalkStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Begins to look for what webhooks missed, of each connection and type again and again. Run by a
 * schedule; safe on several hosts, since each takes what is due with the time that it was due at.
 */
public final class Reconciliation {
  /** Devices are synced days late, and vendors put right what they gave. */
  private static final Duration OVERLAP = Duration.ofDays(2);

  private static final int BATCH = 500;

  /** To find connections that nobody looks through yet, all are read. */
  private static final Duration ENROL_EVERY = Duration.ofHours(1);

  private final Database database;
  private final RunningConnectors connectors;
  private final ReconciliationStore store;
  private final ConnectionStore connections;
  private final InboxStore inbox;
  private final PageRows rows;
  private final WalkStore walks;
  private final Walks begin;
  private final InstantSource clock;

  /** Used by the schedule's thread only. */
  private Instant enrolledAt = Instant.MIN;

  public Reconciliation(Database database, RunningConnectors connectors, InstantSource clock) {
    this.database = database;
    this.connectors = connectors;
    this.store = new ReconciliationStore(database);
    this.connections = new ConnectionStore(database);
    this.inbox = new InboxStore(database);
    this.rows = new PageRows(database);
    this.walks = new WalkStore(database);
    this.begin = new Walks(database);
    this.clock = clock;
  }

  /** Begins what is due. */
  public synchronized void run() {
    Instant now = clock.instant();
    boolean enrol = !now.isBefore(enrolledAt.plus(ENROL_EVERY)) || now.isBefore(enrolledAt);
    Optional<RuntimeException> fault = Optional.empty();
    for (RunningConnector connector : connectors.all()) {
      try {
        run(connector, enrol, now);
      } catch (RuntimeException e) {
        // Told once all others have had their turn.
        fault = Optional.of(e);
      }
    }
    if (fault.isPresent()) {
      throw fault.get();
    }
    enrolledAt = enrol ? now : enrolledAt;
  }

  private void run(RunningConnector connector, boolean enrol, Instant now) {
    if (connector.sync().reconcile().isPositive() && HistoryTypes.isGivenBy(connector)) {
      if (enrol) {
        HistoryTypes.wanted(connector).forEach(type -> enrol(connector, type, now));
      }
      beginDue(connector, now);
    }
  }

  /**
   * Those who linked before there was this job, this type, or a wish for it. They may have linked
   * years ago; nobody asked for more than history goes back.
   */
  private void enrol(RunningConnector connector, ResourceType type, Instant now) {
    Instant oldest = now.minus(connector.sync().backfill());
    List<ReconciliationStore.Unenrolled> some;
    do {
      some = store.unenrolled(connector.vendor(), type.name(), BATCH);
      List<ReconciliationStore.Unenrolled> batch = some;
      database.execute(
          tx ->
              batch.forEach(
                  one ->
                      store.enrol(
                          tx,
                          connector.vendor(),
                          one.userId(),
                          List.of(type.name()),
                          one.linkedAt().isBefore(oldest) ? oldest : one.linkedAt(),
                          now.plus(Rhythm.first(connector.sync().reconcile())))));
    } while (some.size() == BATCH);
  }

  private void beginDue(RunningConnector connector, Instant now) {
    List<Due> due;
    do {
      Instant latest = now.plus(connector.sync().reconcile()).plus(HostClocks.SKEW);
      due = store.due(connector.vendor(), now, latest, BATCH);
      due.forEach(one -> database.execute(tx -> begin(tx, connector, one, now)));
    } while (due.size() == BATCH && !Thread.currentThread().isInterrupted());
  }

  /** Takes it before all else, so that of several hosts one does it. */
  private void begin(Handle tx, RunningConnector connector, Due due, Instant now) {
    Optional<StoredConnection> connection = connections.find(tx, due.vendor(), due.userId());
    if (connection.isEmpty()) {
      // Somebody was erased while they were enrolled.
      store.remove(tx, due);
      return;
    }
    if (!store.claim(tx, due, now.plus(Rhythm.next(connector.sync().reconcile())))) {
      return;
    }
    Optional<ResourceType> type =
        HistoryTypes.wanted(connector).stream()
            .filter(one -> one.name().equals(due.resourceType()))
            .findFirst();
    connection
        .filter(found -> found.status() == ConnectionStatus.ACTIVE)
        .filter(found -> type.filter(one -> HistoryTypes.isGranted(one, found)).isPresent())
        .filter(_ -> !isUnderWay(tx, due))
        .ifPresent(found -> begin(tx, connector, found, type.orElseThrow(), due, now));
  }

  /** One that was given up makes way: its span is part of the new one. */
  private boolean isUnderWay(Handle tx, Due due) {
    Long row = due.rowId();
    Optional<InboxState> state = row == null ? Optional.empty() : rows.state(tx, row);
    if (row != null && state.equals(Optional.of(InboxState.DEAD))) {
      inbox.close(tx, List.of(row));
      walks.remove(tx, row);
    }
    return state.equals(Optional.of(InboxState.WAITING));
  }

  private void begin(
      Handle tx,
      RunningConnector connector,
      StoredConnection connection,
      ResourceType type,
      Due due,
      Instant now) {
    Instant from = Slices.within(type, from(connector, type, due, now), now);
    if (from.isBefore(now)) {
      store.begun(tx, due, begin.begin(tx, connection, type, from, now, null, now));
    }
  }

  /** What lies further back than history is wanted is not wanted from here either. */
  private static Instant from(RunningConnector connector, ResourceType type, Due due, Instant now) {
    Duration overlap = type.lag().compareTo(OVERLAP) > 0 ? type.lag() : OVERLAP;
    Instant wanted = due.since().minus(connector.sync().backfill());
    Instant done = due.doneTo().isAfter(now) ? now : due.doneTo();
    Instant from = done.minus(overlap);
    return from.isBefore(wanted) ? wanted : from;
  }
}
