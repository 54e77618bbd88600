package io.cloudconnector.simulator;

import java.time.Instant;
import java.util.Map;

/** How a vendor signs its webhooks. Called by many threads at once. */
@FunctionalInterface
public interface WebhookSigner {
  /**
   * The headers that prove a webhook.
   *
   * @param at the time of signing
   */
  Map<String, String> headers(byte[] body, Instant at);
}
