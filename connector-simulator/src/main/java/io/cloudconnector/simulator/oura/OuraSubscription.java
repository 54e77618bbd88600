package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.net.URI;
import java.time.Instant;

/**
 * Who wants to be told of what.
 *
 * @param eventType {@code create}, {@code update} or {@code delete}
 * @param dataType such as {@code daily_sleep}
 * @param expiresAt from then on it is as if it had never been
 */
public record OuraSubscription(
    String id, URI callbackUrl, String eventType, String dataType, Instant expiresAt) {
  boolean isFor(String event, String data) {
    return eventType.equals(event) && dataType.equals(data);
  }

  OuraSubscription until(Instant time) {
    return new OuraSubscription(id, callbackUrl, eventType, dataType, time);
  }

  OuraSubscription at(URI address) {
    return new OuraSubscription(id, address, eventType, dataType, expiresAt);
  }

  JsonText json() {
    return JsonText.object()
        .text("id", id)
        .text("callback_url", callbackUrl.toString())
        .text("event_type", eventType)
        .text("data_type", dataType)
        .text("expiration_time", OuraTime.zoneless(expiresAt));
  }
}
