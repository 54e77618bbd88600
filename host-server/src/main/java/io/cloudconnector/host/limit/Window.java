package io.cloudconnector.host.limit;

import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.LimitStore;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One limit of one vendor over one scope, as the stored uses show it at a moment. */
record Window(LimitStore store, VendorType vendor, RateLimitConfig limit, String scope) {
  /** Empty when so many calls may be made now, else when they may. */
  Optional<Instant> opensAt(Handle tx, int calls, Instant now) {
    long used = used(tx, now);
    // More than the limit ever allows would wait for ever; it waits for the whole window instead.
    long surplus = used + Math.min(calls, limit.maxRequests()) - limit.maxRequests();
    return surplus <= 0 ? Optional.empty() : Optional.of(freeAt(tx, surplus, now));
  }

  LimitStatus status(Handle tx, Instant now) {
    long used = used(tx, now);
    int remaining = (int) Math.max(0, limit.maxRequests() - used);
    Instant resetAt = used == 0 ? now : freeAt(tx, used, now);
    return new Status(limit, remaining, resetAt);
  }

  private long used(Handle tx, Instant now) {
    return store.used(tx, vendor, scope, tag(), since(now));
  }

  private Instant freeAt(Handle tx, long permits, Instant now) {
    if (limit.isAligned()) {
      return since(now).plus(limit.timeWindow());
    }
    return store
        .usedUpTo(tx, vendor, scope, tag(), since(now), permits)
        .map(use -> use.plus(limit.timeWindow()))
        .orElse(now);
  }

  private Instant since(Instant now) {
    long length = limit.timeWindow().toMillis();
    // A use at the very start of an aligned window belongs to it, and uses are counted after
    // "since".
    return limit.isAligned()
        ? Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), length) * length - 1)
        : now.minusMillis(length);
  }

  private @Nullable String tag() {
    return limit.tag().orElse(null);
  }

  record Status(RateLimitConfig limit, int remaining, Instant resetAt) implements LimitStatus {}
}
