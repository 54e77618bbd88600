package io.cloudconnector.host.link;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.NewRevocation;
import io.cloudconnector.host.store.PersonalHistory;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.store.RevocationStore;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections: at once here, and at the vendor as work that survives a crash. The encrypted
 * grant is kept for that work alone. Thread-safe.
 */
public final class ConnectionEnder {
  private static final Logger log = LoggerFactory.getLogger(ConnectionEnder.class);

  /** The type of the event that tells of an end. */
  public static final String EVENT = ConnectionEvents.REMOVED;

  /** How long a vendor that is down is asked to revoke before the grant is erased all the same. */
  private static final Duration GIVE_UP = Duration.ofDays(3);

  private static final Duration LONGEST_REFRESH = RecordingHttp.DEADLINE.plus(RefreshLeases.SHORT);

  private final Database database;
  private final ConnectionStore connections;
  private final RevocationStore revocations;
  private final RefreshStore refreshes;
  private final PersonalHistory history;
  private final EventLog events;
  private final AuditLog audit;
  private final InstantSource clock;

  public ConnectionEnder(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.revocations = new RevocationStore(database);
    this.refreshes = new RefreshStore(database);
    this.history = new PersonalHistory(database);
    this.events = new EventLog(database);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Ends whatever connection a person has to a vendor.
   *
   * @return false when there never was one; true also when it had ended before
   */
  public boolean end(Actor by, VendorType vendor, String userId) {
    return database.write(
        tx -> {
          Optional<StoredConnection> found = connections.find(tx, vendor, userId);
          found.ifPresent(stored -> end(tx, by, stored));
          return found.isPresent();
        });
  }

  /** Ends this grant as its vendor wants; does nothing when the person has linked again since. */
  void end(Grant grant) {
    database.execute(
        tx ->
            connections
                .find(tx, grant.vendor(), grant.userId())
                .filter(stored -> stored.generation() == grant.generation())
                .ifPresent(stored -> end(tx, Actor.HOST, stored)));
  }

  private void end(Handle tx, Actor by, StoredConnection stored) {
    Bytes sealed = stored.credentials();
    if (stored.status() == ConnectionStatus.REVOKED
        || !connections.revoke(tx, stored.vendor(), stored.userId())) {
      return;
    }
    boolean shared = connections.isShared(tx, stored);
    if (sealed != null && !shared) {
      revocations.add(tx, revocation(stored, sealed, firstTry(tx, stored)));
    }
    history.end(tx, stored.vendor(), stored.userId(), clock.instant());
    audit.add(tx, Deed.of(by, Action.CONNECTION_ENDED).at(stored.vendor()).about(stored.userId()));
    events.append(tx, ConnectionEvents.removed(stored, clock.instant()));
    tx.afterCommit(() -> tell(stored, shared));
  }

  private static void tell(StoredConnection stored, boolean shared) {
    log.atInfo()
        .addKeyValue("vendor", stored.vendor())
        .addKeyValue("user_id", stored.userId())
        .log(
            shared
                ? "The connection is ended; another user has the same account, so the vendor is not told"
                : "The connection is ended; the vendor is told next");
  }

  /** After a refresh that is under way, whose tokens are then the ones that count. */
  private Instant firstTry(Handle tx, StoredConnection stored) {
    Instant now = clock.instant();
    boolean underWay =
        refreshes
            .find(tx, stored.vendor(), stored.userId())
            .filter(row -> row.generation() == stored.generation() && row.holder() != null)
            .filter(row -> row.heldUntil().isAfter(now))
            .isPresent();
    return underWay ? now.plus(LONGEST_REFRESH) : now;
  }

  private NewRevocation revocation(StoredConnection stored, Bytes sealed, Instant firstTry) {
    Instant now = clock.instant();
    return new NewRevocation(
        stored.vendor(),
        stored.userId(),
        stored.generation(),
        stored.accountIds(),
        stored.scopes(),
        sealed,
        firstTry,
        now.plus(GIVE_UP));
  }
}
