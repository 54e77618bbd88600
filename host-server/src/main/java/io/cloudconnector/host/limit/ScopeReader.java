package io.cloudconnector.host.limit;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.LimitUse;
import io.cloudconnector.host.store.ScopeUses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Reads what counts in the scopes of one vendor, and tidies up what makes reading slow or wrong.
 */
final class ScopeReader {
  /** How far ahead held permits are dated: a call on its way must not age out of a short window. */
  static final Duration LONGEST_WORK = Duration.ofMinutes(2);

  /** What is dated later than this comes from a clock that has been put back. */
  private static final Duration AHEAD = LONGEST_WORK.plusMinutes(1);

  private static final Instant FOREVER = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final LimitStore store;
  private final VendorType vendor;
  private final Granules granules;

  ScopeReader(LimitStore store, VendorType vendor, Granules granules) {
    this.store = store;
    this.vendor = vendor;
    this.granules = granules;
  }

  /** What counts in a scope at a moment, or later. */
  ScopeUses read(Handle tx, String scope, Instant at) {
    return store.load(tx, vendor, scope, since(at));
  }

  private Instant since(Instant at) {
    return at.minus(granules.longest()).minusMillis(1);
  }

  /** Whether the clock was put back far enough for uses to block a window beyond its length. */
  static boolean isAhead(ScopeUses uses, Instant now) {
    return uses.uses().stream().anyMatch(use -> use.at().isAfter(now.plus(AHEAD)));
  }

  /** {@link #read}, with what it finds amiss put right. Needs the vendor's lock. */
  ScopeUses tidied(Handle tx, String scope, Instant now) {
    ScopeUses found = read(tx, scope, now);
    if (isAhead(found, now)) {
      date(tx, scope, found, now);
      return read(tx, scope, now);
    }
    if (granules.crowded(found.uses())) {
      merge(tx, scope, found, now);
      return read(tx, scope, now);
    }
    return found;
  }

  /** When it was is unknowable by now, so it counts from now on. */
  private void date(Handle tx, String scope, ScopeUses found, Instant now) {
    Instant ahead = now.plus(AHEAD);
    List<LimitUse> dated = new ArrayList<>();
    for (LimitUse use : found.uses()) {
      if (!use.held() && use.at().isAfter(ahead)) {
        dated.add(new LimitUse(scope, use.tag(), use.permits(), granules.fine(now), false));
      }
    }
    store.remove(tx, vendor, scope, ahead, FOREVER);
    store.add(tx, vendor, dated);
    store.endHolds(tx, vendor, scope, ahead, FOREVER, now.plus(LONGEST_WORK));
  }

  private void merge(Handle tx, String scope, ScopeUses found, Instant now) {
    List<LimitUse> merged = granules.merged(found.uses(), now);
    store.remove(tx, vendor, scope, since(now), granules.horizon(now));
    store.add(tx, vendor, merged);
  }
}
