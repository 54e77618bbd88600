package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A webhook registration that a vendor was found to have.
 *
 * @param ours false: it points elsewhere and was left alone
 * @param event the kind of change, where each has a registration of its own
 * @param id the vendor's own
 * @param callbackUrl where it sends, without anything secret
 * @param expiresAt from when on the vendor no longer sends; null: it has no end
 * @param firstSeenAt when it was first found with this end
 */
public record StoredSubscription(
    boolean ours,
    String resourceType,
    @Nullable String event,
    @Nullable String id,
    String callbackUrl,
    @Nullable Instant expiresAt,
    Instant firstSeenAt) {
  /** The same, first seen when an equal one was. */
  StoredSubscription seenWith(StoredSubscription before) {
    return isAs(before)
        ? new StoredSubscription(
            ours, resourceType, event, id, callbackUrl, expiresAt, before.firstSeenAt)
        : this;
  }

  private boolean isAs(StoredSubscription other) {
    return ours == other.ours
        && resourceType.equals(other.resourceType)
        && Objects.equals(event, other.event)
        && Objects.equals(id, other.id)
        && Objects.equals(expiresAt, other.expiresAt);
  }
}
