package io.cloudconnector.host.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check found that the vendor answered.
 *
 * @param steps what the operator has to do; null: nothing
 * @param conflict where the vendor's only subscription points; null: there is no conflict
 */
public record SubscriptionFinding(
    SubscriptionState state,
    List<StoredSubscription> subscriptions,
    @Nullable String steps,
    @Nullable String conflict) {
  public SubscriptionFinding {
    subscriptions = List.copyOf(subscriptions);
  }
}
