package io.cloudconnector.api;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What subscriptions are wanted. Made by the host; immutable. */
public interface SubscriptionRequest {
  /** Where the vendor should send. */
  URI callbackUrl();

  /**
   * The resource types to be told of, never one {@link ResourceType#withoutWebhooks}; empty: none,
   * remove what is ours. Ours is what points to {@link #callbackUrl}; all else is left alone,
   * unless {@link #takeOver} allows to replace it.
   */
  Set<String> wantedTypes();

  /** The person, at vendors that subscribe each one; empty: the application. */
  Optional<Connection> connection();

  /** Whether the operator allowed to replace a subscription that points elsewhere. */
  boolean takeOver();
}
