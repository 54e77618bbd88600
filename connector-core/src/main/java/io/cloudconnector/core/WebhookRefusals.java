package io.cloudconnector.core;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookRequest;

/**
 * Is told of requests that did not get past verification. Anybody can send such, so whoever writes
 * them down has to bound it. Must be thread-safe.
 */
@FunctionalInterface
public interface WebhookRefusals {
  /**
   * One was refused.
   *
   * @param why for a log; nothing of the request's secrets
   */
  void refused(VendorType vendor, WebhookRequest request, String why);
}
