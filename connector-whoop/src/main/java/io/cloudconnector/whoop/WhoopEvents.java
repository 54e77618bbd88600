package io.cloudconnector.whoop;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a webhook's body: one object with {@code user_id}, {@code id}, {@code type} and {@code
 * trace_id} (developer.whoop.com/docs/developing/webhooks).
 */
final class WhoopEvents {
  private static final Logger log = LoggerFactory.getLogger(WhoopEvents.class);

  private static final Map<String, Kind> KINDS =
      Map.of(
          "workout.updated", new Kind(WhoopResource.WORKOUT, WebhookEvent::changed),
          "workout.deleted", new Kind(WhoopResource.WORKOUT, WebhookEvent::deleted),
          "sleep.updated", new Kind(WhoopResource.SLEEP, WebhookEvent::changed),
          "sleep.deleted", new Kind(WhoopResource.SLEEP, WebhookEvent::deleted),
          "recovery.updated", new Kind(WhoopResource.RECOVERY, WebhookEvent::changed),
          "recovery.deleted", new Kind(WhoopResource.RECOVERY, WebhookEvent::deleted));

  private record Kind(WhoopResource resource, Statement statement) {}

  private interface Statement {
    WebhookEvent of(String accountId, Resource resource);
  }

  private WhoopEvents() {}

  /**
   * The one event of a body, or none: WHOOP sends every type to every address and wants a 2xx to
   * those one does not know too.
   *
   * @throws WebhookException malformed, naming the field
   */
  static List<WebhookEvent> read(byte[] body) {
    try {
      Json event = Json.parse(body);
      String type = event.at("/type").text();
      Optional<String> traceId = traceId(event);
      Kind kind = KINDS.get(type);
      if (kind == null) {
        log.atInfo()
            .addKeyValue("vendor", "whoop")
            .addKeyValue("event_type", shown(type))
            .addKeyValue("trace_id", traceId.map(WhoopEvents::shown).orElse(""))
            .log("WHOOP sent a type of event this connector does not know; it is ignored");
        return List.of();
      }
      return List.of(event(event, type, kind, traceId));
    } catch (JsonException e) {
      throw WebhookException.malformed("WHOOP's event cannot be read: " + e.getMessage());
    }
  }

  /** An empty one identifies nothing, and as a key it would make two changes look like one. */
  private static Optional<String> traceId(Json event) {
    return event.find("/trace_id").map(Json::text).filter(id -> !id.isEmpty());
  }

  private static WebhookEvent event(Json event, String type, Kind kind, Optional<String> traceId) {
    String accountId = Long.toString(event.at("/user_id").number());
    String id = event.at("/id").id();
    WebhookEvent said = kind.statement().of(accountId, resource(kind, id)).vendorType(type);
    return traceId.map(trace -> said.traceId(trace).dedupeKey(trace, type, id)).orElse(said);
  }

  private static Resource resource(Kind kind, String id) {
    try {
      return kind.resource().one(id);
    } catch (IllegalArgumentException e) {
      throw WebhookException.malformed(
          "WHOOP's event cannot be read: /id is no UUID; if this is a v1 webhook, set its model"
              + " version to v2 in WHOOP's developer dashboard");
    }
  }

  /** Signed or not, what goes into a log line is short and without line breaks. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 64 ? line : line.substring(0, 64) + "…";
  }
}
