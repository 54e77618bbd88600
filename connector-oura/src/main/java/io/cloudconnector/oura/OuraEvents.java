package io.cloudconnector.oura;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.util.Optional;

/**
 * Reads a webhook's body: one object with {@code event_type}, {@code data_type}, {@code object_id},
 * {@code event_time} and {@code user_id}.
 */
final class OuraEvents {
  private OuraEvents() {}

  /**
   * The one event of a body. Oura names no delivery, so it is known by all that it says.
   *
   * @throws WebhookException malformed, naming the field
   */
  static WebhookEvent read(byte[] body) {
    try {
      Json notice = Json.parse(body);
      String event = notice.at("/event_type").text();
      String type = notice.at("/data_type").text();
      String object = notice.at("/object_id").text();
      String account = notice.at("/user_id").id();
      WebhookEvent said =
          OuraResource.notified(type)
              .map(known -> event(event, account, Resource.one(known.declared().name(), object)))
              .orElseGet(() -> unknown(account, type, object, body))
              .vendorType(type + "." + event);
      return time(notice)
          .map(time -> said.dedupeKey(account, type, object, event, time))
          .orElse(said);
    } catch (JsonException | IllegalArgumentException e) {
      throw WebhookException.malformed("Oura's event cannot be read: " + e.getMessage());
    }
  }

  /** Whatever else may happen to a document than its deletion, a fetch shows what it is now. */
  private static WebhookEvent event(String event, String account, Resource resource) {
    return event.equals("delete")
        ? WebhookEvent.deleted(account, resource)
        : WebhookEvent.changed(account, resource);
  }

  /**
   * We do not know where a document of such a type would be, so the notice is all there is; but it
   * must not be taken for a document of a type that is looked for.
   */
  private static WebhookEvent unknown(String account, String type, String object, byte[] body) {
    return OuraResource.find(type).isPresent()
        ? WebhookEvent.unreadable("/data_type", "Oura has no webhooks for it, and it is looked for")
        : WebhookEvent.carried(account, VendorData.json(Resource.one(type, object), body));
  }

  /** Without a time two changes of a document look alike, so there is no key then. */
  private static Optional<String> time(Json notice) {
    return notice
        .find("/event_time")
        .filter(time -> time.isText() || time.isNumber())
        .map(time -> time.isText() ? time.text() : time.decimal().toString())
        .filter(time -> !time.isEmpty());
  }
}
