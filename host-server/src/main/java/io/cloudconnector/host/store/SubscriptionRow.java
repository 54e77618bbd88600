package io.cloudconnector.host.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the subscriptions at one vendor stand.
 *
 * @param holder the check that is under way; null when none is
 * @param heldUntil when another may take over
 * @param dueAt when to check next; the epoch: as soon as may be
 * @param fingerprint stands for what was wanted at the last check; empty before the first
 * @param checkedAt when the last check ended; null: none has
 * @param failures in a row
 * @param lastError why the last one failed; null: it did not
 * @param steps what the operator has to do
 * @param conflict where the vendor's only subscription points
 */
public record SubscriptionRow(
    @Nullable String holder,
    Instant heldUntil,
    Instant dueAt,
    String fingerprint,
    SubscriptionState state,
    @Nullable Instant checkedAt,
    int failures,
    @Nullable String lastError,
    @Nullable String steps,
    @Nullable String conflict) {
  /** Whether a check is under way. */
  public boolean isHeld(Instant now) {
    return holder != null && heldUntil.isAfter(now);
  }
}
