package io.cloudconnector.host.sync;

import io.cloudconnector.host.store.StoredSubscription;
import io.cloudconnector.host.store.SubscriptionRow;
import java.util.List;

/**
 * How the subscriptions at one vendor stand, for the operator.
 *
 * @param wanted what there should be
 * @param check the last one
 * @param found what it found
 * @param underWay whether another is being made
 */
public record SubscriptionStanding(
    SubscribedVendor wanted,
    SubscriptionRow check,
    List<StoredSubscription> found,
    boolean underWay) {
  public SubscriptionStanding {
    found = List.copyOf(found);
  }
}
