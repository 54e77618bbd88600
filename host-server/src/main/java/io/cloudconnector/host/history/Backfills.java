package io.cloudconnector.host.history;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.BackfillRow;
import io.cloudconnector.host.store.BackfillStore;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.StoredConnection;
import io.cloudconnector.host.store.WalkStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins backfills, each a walk for each type, and tells how they fare. Thread-safe. */
public final class Backfills {
  private static final Logger log = LoggerFactory.getLogger(Backfills.class);
  private static final int LISTED = 100;

  private final Database database;
  private final ConnectionStore connections;
  private final BackfillStore backfills;
  private final WalkStore walks;
  private final Walks begin;
  private final AuditLog audit;
  private final InstantSource clock;

  public Backfills(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.backfills = new BackfillStore(database);
    this.walks = new WalkStore(database);
    this.begin = new Walks(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** Begins what the operator wants of everybody who links; in the transaction of the link. */
  void onLink(Handle tx, RunningConnector connector, StoredConnection connection, Instant now) {
    List<ResourceType> types =
        HistoryTypes.wanted(connector).stream()
            .filter(type -> HistoryTypes.isGranted(type, connection))
            .toList();
    if (connector.sync().backfill().isPositive() && !types.isEmpty()) {
      add(tx, connection, "link", now.minus(connector.sync().backfill()), now, types, now);
    }
  }

  private String add(
      Handle tx,
      StoredConnection connection,
      String reason,
      Instant from,
      Instant to,
      List<ResourceType> types,
      Instant now) {
    String id = UUID.randomUUID().toString();
    backfills.add(
        tx, new BackfillRow(id, connection.vendor(), connection.userId(), reason, from, to, now));
    for (ResourceType type : types) {
      begin.begin(tx, connection, type, Slices.within(type, from, now), to, id, now);
    }
    tx.afterCommit(() -> tell(connection, from, to));
    return id;
  }

  private static void tell(StoredConnection connection, Instant from, Instant to) {
    log.atInfo()
        .addKeyValue("vendor", connection.vendor())
        .addKeyValue("user_id", connection.userId())
        .log("The history from {} to {} is fetched, the newest first", from, to);
  }

  /** Those of some types that reach into a span: of others the vendor keeps less. */
  public List<ResourceType> reaching(List<ResourceType> types, Instant to) {
    Instant now = clock.instant();
    return types.stream()
        .filter(type -> Slices.within(type, Instant.MIN, now).isBefore(to))
        .toList();
  }

  /** All types that a request means that names none. */
  public List<ResourceType> usual(RunningConnector connector, StoredConnection connection) {
    return HistoryTypes.wanted(connector).stream()
        .filter(type -> HistoryTypes.isGranted(type, connection))
        .toList();
  }

  /**
   * Begins one, or finds the same that is not over yet.
   *
   * @param types at least one, each with something to give before {@code to}
   * @return its id; empty when the person has to link again first
   */
  public Optional<String> request(
      Actor by,
      VendorType vendor,
      String userId,
      Instant from,
      Instant to,
      List<ResourceType> types) {
    return database.write(
        tx ->
            connections
                .find(tx, vendor, userId)
                .filter(found -> found.status() == ConnectionStatus.ACTIVE)
                .map(found -> requested(tx, by, found, from, to, types)));
  }

  private String requested(
      Handle tx,
      Actor by,
      StoredConnection connection,
      Instant from,
      Instant to,
      List<ResourceType> types) {
    Optional<String> same = same(tx, connection, from, to, types);
    if (same.isPresent()) {
      return same.get();
    }
    String id = add(tx, connection, "request", from, to, types, clock.instant());
    audit.add(
        tx,
        Deed.of(by, Action.BACKFILL_STARTED)
            .at(connection.vendor())
            .about(connection.userId())
            .with("backfillId", id));
    return id;
  }

  private Optional<String> same(
      Handle tx, StoredConnection connection, Instant from, Instant to, List<ResourceType> types) {
    Set<String> names = types.stream().map(ResourceType::name).collect(Collectors.toSet());
    return backfills.of(tx, connection.vendor(), connection.userId(), LISTED).stream()
        .filter(row -> row.from().equals(from) && isSameEnd(row, to))
        .map(row -> new BackfillStatus(row, walks.of(tx, row.id())))
        .filter(status -> status.isUnfinished() && status.types().equals(names))
        .map(status -> status.backfill().id())
        .findFirst();
  }

  /** What reaches up to now, when it is asked for again, has an end that is a little later. */
  private boolean isSameEnd(BackfillRow row, Instant to) {
    return row.to().equals(to) || (isAt(row.to(), row.createdAt()) && isAt(to, clock.instant()));
  }

  private static boolean isAt(Instant end, Instant time) {
    return !end.isBefore(time.minusSeconds(1));
  }

  public Optional<BackfillStatus> find(VendorType vendor, String userId, String id) {
    return backfills.find(vendor, userId, id).map(this::status);
  }

  /** The newest of a connection, at most a hundred. */
  public List<BackfillStatus> list(VendorType vendor, String userId) {
    return database.read(handle -> backfills.of(handle, vendor, userId, LISTED)).stream()
        .map(this::status)
        .toList();
  }

  private BackfillStatus status(BackfillRow row) {
    return new BackfillStatus(row, database.read(handle -> walks.of(handle, row.id())));
  }
}
