package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.RefreshDoubt;
import io.cloudconnector.host.store.RefreshRow;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who may refresh a grant, one over all hosts. Thread-safe. */
final class RefreshClaims {
  /** A hold that ends later than this was made by a clock that was wrong. */
  private static final Duration BEYOND_BELIEF = RefreshLeases.ASKING.plusMinutes(1);

  private final Database database;
  private final StoredGrants grants;
  private final RefreshStore refreshes;
  private final CredentialsVault vault;
  private final MassDeathBrake brake;
  private final InstantSource clock;

  RefreshClaims(
      Database database, CredentialsVault vault, MassDeathBrake brake, InstantSource clock) {
    this.database = database;
    this.grants = new StoredGrants(database, vault);
    this.refreshes = new RefreshStore(database);
    this.vault = vault;
    this.brake = brake;
    this.clock = clock;
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
    StoredConnection stored = grants.find(tx, grant);
    Credentials credentials = grants.open(stored);
    if (!need.isThere(stored, credentials)) {
      return new RefreshClaim.Needless(credentials);
    }
    Instant now = clock.instant();
    Optional<RefreshRow> row = refreshes.find(tx, grant.vendor(), grant.userId());
    if (row.isPresent() && isHeld(row.get(), now)) {
      return new RefreshClaim.Elsewhere();
    }
    List<KeptReply> kept =
        row.map(RefreshRow::replies)
            .map(found -> vault.openReplies(grant, found))
            .orElse(List.of());
    boolean trial = false;
    // An answer that was never judged is judged at any time: it costs the vendor no call.
    boolean unjudged =
        !kept.isEmpty()
            && row.filter(found -> found.failures() == 0 && found.deadAt() == null).isPresent();
    if (!unjudged) {
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
        && !row.notBefore().isAfter(now.plus(RefreshPause.BEYOND_BELIEF));
  }

  private RefreshLease take(
      Handle tx,
      StoredConnection stored,
      Credentials credentials,
      @Nullable RefreshRow before,
      List<KeptReply> kept,
      boolean trial) {
    String holder = UUID.randomUUID().toString();
    Instant until = clock.instant().plus(RefreshLeases.SHORT);
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
}
