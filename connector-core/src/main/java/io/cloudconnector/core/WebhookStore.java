package io.cloudconnector.core;

import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookRequest;
import java.util.List;

/** Where {@link WebhookIntake} puts what came in. Thread-safe. */
public interface WebhookStore {
  /**
   * Keeps the events of one request, all or none, in their order; items that could not be read go
   * to quarantine with the request. Durable when this returns.
   *
   * @param events at least one
   * @throws WebhookException {@link WebhookException#unavailable} when they cannot be kept now
   */
  void accept(WebhookRequest request, List<WebhookEvent> events);

  /**
   * Keeps a proven request in which nothing could be read. Durable when this returns.
   *
   * @param why in words, without data from the request
   * @throws WebhookException {@link WebhookException#unavailable} when it cannot be kept now
   */
  void quarantine(WebhookRequest request, String why);
}
