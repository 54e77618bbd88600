package io.cloudconnector.api;

/** The optional role of registering webhooks by the vendor's API. Thread-safe. */
public interface Subscriptions {
  /**
   * Makes what the vendor has equal to what is wanted: creates, renews, repairs, removes.
   * Idempotent. Runs on one host at a time, while the webhook address is served: the vendor may
   * call it before this returns, perhaps at another host, so what the handshake needs is in {@link
   * ConnectorState} first: by {@link ConnectorState#writeIfAbsent} and then {@link
   * ConnectorState#read}, because a new secret would break a test that is still under way.
   *
   * @throws ConnectorException when the vendor could not do it now; tried again later
   */
  SubscriptionResult reconcile(SubscriptionRequest request);
}
