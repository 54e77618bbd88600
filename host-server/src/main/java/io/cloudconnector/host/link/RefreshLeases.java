package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.RefreshDoubt;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.store.RevocationStore;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is written under the right to refresh a grant; each step is a transaction of its own, so
 * none is open while the vendor is asked. Thread-safe.
 *
 * <p>Times are compared by the clock of the host that asks; hosts' clocks may differ by half a
 * minute. A host that is taken for dead too early loses nothing: before a question its next step is
 * refused, after an answer another repeats its judgement. Only while a question is out would
 * another ask the same, so then the hold is renewed again and again, and is over soon after its
 * host is.
 */
final class RefreshLeases {
  /** While no question is out: whoever takes over asks, or goes on from the answer. */
  static final Duration SHORT = Duration.ofSeconds(30);

  /** While a question is out; renewed long before it ends. */
  static final Duration ASKING = Duration.ofSeconds(45);

  static final Duration BEAT = Duration.ofSeconds(10);

  private final Database database;
  private final ConnectionStore connections;
  private final RefreshStore refreshes;
  private final RevocationStore revocations;
  private final InboxStore inbox;
  private final EventLog events;
  private final CredentialsVault vault;
  private final MassDeathBrake brake;
  private final InstantSource clock;
  private final Duration beat;

  /**
   * Over all grants.
   *
   * @param beat how often a hold is renewed while a question is out
   */
  RefreshLeases(
      Database database,
      CredentialsVault vault,
      MassDeathBrake brake,
      InstantSource clock,
      Duration beat) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.refreshes = new RefreshStore(database);
    this.revocations = new RevocationStore(database);
    this.inbox = new InboxStore(database);
    this.events = new EventLog(database);
    this.vault = vault;
    this.brake = brake;
    this.clock = clock;
    this.beat = beat;
  }

  /** Notes that the vendor is asked now; false when it must not be, since somebody else may be. */
  boolean asking(RefreshLease lease) {
    Grant grant = lease.grant();
    return database.write(
        tx -> {
          Instant now = clock.instant();
          return isUnchanged(connections.find(tx, grant.vendor(), grant.userId()), lease)
              && refreshes.asking(
                  tx, grant.vendor(), grant.userId(), lease.holder(), now, now.plus(ASKING));
        });
  }

  /** Renews the hold for as long as a question is out. */
  Heartbeat whileAsking(RefreshLease lease) {
    Grant grant = lease.grant();
    return new Heartbeat(
        beat,
        () ->
            database.execute(
                tx ->
                    refreshes.hold(
                        tx,
                        grant.vendor(),
                        grant.userId(),
                        lease.holder(),
                        clock.instant().plus(ASKING))));
  }

  /** Whether the connection is alive and has the credentials with which the vendor is asked. */
  static boolean isUnchanged(Optional<StoredConnection> found, RefreshLease lease) {
    return found
        .filter(now -> now.status() == ConnectionStatus.ACTIVE)
        .filter(now -> now.generation() == lease.stored().generation())
        .filter(now -> now.credentialsVersion() == lease.stored().credentialsVersion())
        .isPresent();
  }

  /** Whether nobody has taken the grant over, who may have asked with the same tokens since. */
  boolean isHeldStill(Handle tx, RefreshLease lease) {
    return refreshes
        .find(tx, lease.grant().vendor(), lease.grant().userId())
        .map(row -> lease.holder().equals(row.holder()))
        .orElse(false);
  }

  /** Keeps what the vendor answered. Where another has taken over, that one's word counts. */
  void answered(RefreshLease lease, List<KeptReply> replies) {
    Grant grant = lease.grant();
    Bytes sealed = vault.sealReplies(grant, replies);
    database.execute(
        tx ->
            refreshes.answered(
                tx,
                grant.vendor(),
                grant.userId(),
                lease.holder(),
                sealed,
                clock.instant().plus(SHORT)));
  }

  /** Lets go without having learned anything. */
  void release(RefreshLease lease) {
    Grant grant = lease.grant();
    database.execute(tx -> refreshes.release(tx, grant.vendor(), grant.userId(), lease.holder()));
  }

  /** Forgets the refresh: what it was about is not stored any more. */
  void forget(RefreshLease lease) {
    Grant grant = lease.grant();
    database.execute(tx -> refreshes.forget(tx, grant.vendor(), grant.userId(), lease.holder()));
  }

  /** Lets go until then, and keeps of the answers only what was not understood. */
  void later(
      Handle tx,
      RefreshLease lease,
      int failures,
      Instant notBefore,
      String why,
      @Nullable RefreshDoubt doubt,
      List<KeptReply> unread) {
    Grant grant = lease.grant();
    boolean ours =
        refreshes.later(
            tx,
            grant.vendor(),
            grant.userId(),
            lease.holder(),
            failures,
            notBefore,
            why,
            doubt,
            unread.isEmpty() ? null : vault.sealReplies(grant, unread));
    if (ours) {
      refreshes.wanted(tx, grant.vendor(), grant.userId(), notBefore);
    }
  }

  /**
   * Stores the new pair and forgets the refresh; a pair that comes after the connection's end goes
   * to its revocation.
   *
   * @return whether it is stored as the connection's
   */
  boolean save(RefreshLease lease, Refreshed.Renewed renewed, Credentials credentials) {
    Bytes sealed = vault.seal(lease.grant(), credentials);
    return database.write(tx -> save(tx, lease, renewed, credentials, sealed));
  }

  private boolean save(
      Handle tx,
      RefreshLease lease,
      Refreshed.Renewed renewed,
      Credentials credentials,
      Bytes sealed) {
    Grant grant = lease.grant();
    Instant now = clock.instant();
    boolean buried =
        connections
            .find(tx, grant.vendor(), grant.userId())
            .filter(found -> found.status() == ConnectionStatus.REAUTHORIZATION_REQUIRED)
            .isPresent();
    boolean saved =
        connections.saveCredentials(
            tx,
            grant.vendor(),
            grant.userId(),
            grant.generation(),
            lease.stored().credentialsVersion(),
            sealed,
            credentials.accessUntil().orElse(null),
            credentials.refreshUntil().orElse(null),
            renewed.granted().orElse(null),
            now);
    if (!saved) {
      revocations.replaceCredentials(
          tx, grant.vendor(), grant.userId(), grant.generation(), sealed, now);
      refreshes.forget(tx, grant.vendor(), grant.userId(), lease.holder());
      return false;
    }
    refreshes.forget(tx, grant.vendor(), grant.userId());
    if (lease.trial()) {
      brake.resume(tx, grant.vendor());
    }
    if (buried) {
      inbox.wake(tx, grant.vendor(), grant.userId(), now);
      events.append(tx, ConnectionEvents.restored(lease.stored(), now));
    }
    return true;
  }
}
