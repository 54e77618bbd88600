package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.RefreshDoubt;
import io.cloudconnector.host.store.RefreshRow;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.store.RevocationStore;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who may refresh a grant, over all hosts, and what is written under that right; each step is a
 * transaction of its own, so none is open while the vendor is asked. Thread-safe.
 *
 * <p>Times are compared by the clock of the host that asks; hosts' clocks may differ by half a
 * minute. A host that is taken for dead too early loses nothing: before a question its next step is
 * refused, after an answer another repeats its judgement. Only while a question is out would another
 * ask the same, so then the hold is renewed again and again, and is over soon after its host is.
 */
final class RefreshLeases {
  /** While no question is out: whoever takes over asks, or goes on from the answer. */
  static final Duration SHORT = Duration.ofSeconds(30);

  /** While a question is out; renewed long before it ends. */
  static final Duration ASKING = Duration.ofSeconds(45);

  static final Duration BEAT = Duration.ofSeconds(10);

  /** A hold that ends later than this was made by a clock that was wrong. */
  private static final Duration BEYOND_BELIEF = ASKING.plusMinutes(1);

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

  /** On a database that no other host can use, all holds are of a process that is gone. */
  void recover() {
    if (!database.dialect().isShared()) {
      refreshes.releaseAll();
    }
  }

  /**
   * Reads the connection again, under the right to refresh it.
   *
   * @throws TokenException when this grant is no more
   */
  RefreshClaim claim(Grant grant, RefreshNeed need) {
    return database.write(tx -> claim(tx, grant, need));
  }

  private RefreshClaim claim(Handle tx, Grant grant, RefreshNeed need) {
    StoredConnection stored =
        alive(connections.find(tx, grant.vendor(), grant.userId()), grant);
    Credentials credentials = open(stored);
    if (!need.isThere(stored, credentials)) {
      return new RefreshClaim.Needless(credentials);
    }
    Instant now = clock.instant();
    Optional<RefreshRow> row = refreshes.find(tx, grant.vendor(), grant.userId());
    if (row.isPresent() && isHeld(row.get(), now)) {
      return new RefreshClaim.Elsewhere();
    }
    List<KeptReply> kept =
        row.map(RefreshRow::replies).map(sealed -> vault.openReplies(grant, sealed)).orElse(List.of());
    boolean trial = false;
    // An answer that is here already is judged at any time: it costs the vendor no call.
    if (kept.isEmpty()) {
      switch (brake.gate(tx, grant.vendor(), now)) {
        case MassDeathBrake.Gate.Shut shut -> {
          return new RefreshClaim.Resting(shut.why(), shut.until());
        }
        case MassDeathBrake.Gate.Trial _ -> trial = true;
        case MassDeathBrake.Gate.Open _ -> {
          if (row.isPresent() && isResting(row.get(), now)) {
            return new RefreshClaim.Resting(
                String.valueOf(row.get().lastError()), row.get().notBefore());
          }
        }
      }
    }
    return new RefreshClaim.Taken(take(tx, stored, credentials, row.orElse(null), kept, trial));
  }

  private static boolean isHeld(RefreshRow row, Instant now) {
    return row.holder() != null
        && row.heldUntil().isAfter(now)
        && row.heldUntil().isBefore(now.plus(BEYOND_BELIEF));
  }

  private static boolean isResting(RefreshRow row, Instant now) {
    return row.notBefore().isAfter(now)
        && row.notBefore().isBefore(now.plus(RefreshPause.LONGEST.multipliedBy(4)));
  }

  private RefreshLease take(
      Handle tx,
      StoredConnection stored,
      Credentials credentials,
      @Nullable RefreshRow before,
      List<KeptReply> kept,
      boolean trial) {
    String holder = UUID.randomUUID().toString();
    Instant until = clock.instant().plus(SHORT);
    refreshes.take(tx, stored.vendor(), stored.userId(), stored.generation(), holder, until);
    boolean stopped = before != null && before.askedAt() != null;
    return new RefreshLease(
        Grant.of(stored),
        holder,
        stored,
        credentials,
        kept,
        before == null ? 0 : before.failures(),
        stopped ? RefreshDoubt.STOPPED : before == null ? null : before.doubt(),
        trial);
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
    database.execute(
        tx -> refreshes.release(tx, grant.vendor(), grant.userId(), lease.holder()));
  }

  /** Forgets the refresh: what it was about is not stored any more. */
  void forget(RefreshLease lease) {
    Grant grant = lease.grant();
    database.execute(
        tx -> refreshes.forget(tx, grant.vendor(), grant.userId(), lease.holder()));
  }

  /** Lets go until then, and forgets the answers. */
  void later(
      Handle tx,
      RefreshLease lease,
      int failures,
      Instant notBefore,
      String why,
      @Nullable RefreshDoubt doubt) {
    Grant grant = lease.grant();
    boolean ours =
        refreshes.later(
            tx, grant.vendor(), grant.userId(), lease.holder(), failures, notBefore, why, doubt);
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
          tx, grant.vendor(), grant.userId(), grant.generation(), sealed);
      refreshes.forget(tx, grant.vendor(), grant.userId(), lease.holder());
      return false;
    }
    refreshes.forget(tx, grant.vendor(), grant.userId());
    if (lease.trial()) {
      brake.resume(tx, grant.vendor(), "a link that was tried could be refreshed");
    }
    if (buried) {
      inbox.wake(tx, grant.vendor(), grant.userId(), now);
      events.append(tx, ConnectionEvents.restored(lease.stored(), now));
    }
    return true;
  }

  /** The credentials as stored now, if this grant is alive. */
  Credentials current(Grant grant) {
    return open(alive(connections.find(grant.vendor(), grant.userId()), grant));
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

  private Credentials open(StoredConnection stored) {
    Bytes sealed = stored.credentials();
    if (sealed == null) {
      throw new TokenException("the credentials of this connection were erased");
    }
    return vault.open(Grant.of(stored), sealed);
  }
}
