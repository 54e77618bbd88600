package io.cloudconnector.host.containment;

import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;

record ContainedSubscriptions(Subscriptions subscriptions, Containment containment)
    implements Subscriptions {
  @Override
  public SubscriptionResult reconcile(SubscriptionRequest request) {
    return containment.call(ConnectorCall.RECONCILE, () -> subscriptions.reconcile(request));
  }
}
