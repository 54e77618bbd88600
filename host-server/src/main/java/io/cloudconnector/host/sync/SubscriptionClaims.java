package io.cloudconnector.host.sync;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.HostClocks;
import io.cloudconnector.host.store.SubscriptionRow;
import io.cloudconnector.host.store.SubscriptionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Who may check the subscriptions at a vendor, one over all hosts. Thread-safe. */
final class SubscriptionClaims {
  /** Short, since what a dead host holds waits for its end; renewed while the vendor is asked. */
  private static final Duration HOLD = Duration.ofSeconds(45);

  private final Database database;
  private final SubscriptionStore store;
  private final InstantSource clock;
  private final Instant startedAt;

  /** Those that were checked at this start; asked once, since a clock may be set back later. */
  private final Set<VendorType> begun = ConcurrentHashMap.newKeySet();

  SubscriptionClaims(Database database, InstantSource clock) {
    this.database = database;
    this.store = new SubscriptionStore(database);
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** On a database that no other host can use, all holds are of a process that is gone. */
  void recover() {
    if (!database.dialect().isShared()) {
      store.releaseAll();
    }
  }

  /** The right to check now; empty: it is not due, or another's. */
  Optional<SubscriptionClaim> claim(SubscribedVendor vendor) {
    boolean worthIt = store.find(vendor.vendor()).map(row -> isFree(row, vendor)).orElse(true);
    return worthIt ? database.write(tx -> claim(tx, vendor)) : Optional.empty();
  }

  private Optional<SubscriptionClaim> claim(Handle tx, SubscribedVendor vendor) {
    SubscriptionRow row = store.lock(tx, vendor.vendor());
    if (!isFree(row, vendor)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    String holder = UUID.randomUUID().toString();
    store.take(tx, vendor.vendor(), holder, now, now.plus(HOLD));
    tx.afterCommit(() -> begun.add(vendor.vendor()));
    return Optional.of(new SubscriptionClaim(holder, row.failures()));
  }

  private boolean isFree(SubscriptionRow row, SubscribedVendor vendor) {
    Instant now = clock.instant();
    // A hold or a time that is further away than any was set by a clock that was wrong.
    boolean held =
        row.isHeld(now) && !row.heldUntil().isAfter(now.plus(HOLD).plus(HostClocks.SKEW));
    Duration longest = SubscriptionPauses.longest(row.failures()).plus(HostClocks.SKEW);
    boolean due = !row.dueAt().isAfter(now) || row.dueAt().isAfter(now.plus(longest));
    return !held && (due || isWantedAtStart(row, vendor));
  }

  /** Checked at each start, unless another host has just done so for the same. */
  private boolean isWantedAtStart(SubscriptionRow row, SubscribedVendor vendor) {
    if (begun.contains(vendor.vendor())) {
      return false;
    }
    Instant last = row.checkedAt();
    boolean same = row.fingerprint().equals(vendor.fingerprint());
    boolean wanted =
        last == null || last.isBefore(same ? startedAt.minus(HostClocks.SKEW) : startedAt);
    if (!wanted) {
      begun.add(vendor.vendor());
    }
    return wanted;
  }

  /** Holds it longer; false when another has taken over. */
  boolean renew(SubscribedVendor vendor, SubscriptionClaim claim) {
    return store.hold(vendor.vendor(), claim.holder(), clock.instant().plus(HOLD));
  }
}
