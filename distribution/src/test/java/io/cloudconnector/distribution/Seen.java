package io.cloudconnector.distribution;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event as somebody received it.
 *
 * @param resource type and id; without meaning for events that are about none
 * @param at when it was written
 * @param version the document's {@code updated_at} in milliseconds; 0 where there is no document
 */
record Seen(
    String id,
    String type,
    String user,
    String traceId,
    String resource,
    long version,
    Instant at) {
  static Seen of(JsonNode event) {
    String updated = event.path("data").path("updated_at").asString("");
    return new Seen(
        event.path("id").asString(),
        event.path("type").asString(),
        event.path("userid").asString(),
        event.path("traceid").asString(""),
        event.path("resourcetype").asString("") + "/" + event.path("resourceid").asString(""),
        updated.isEmpty() ? 0 : Instant.parse(updated).toEpochMilli(),
        Instant.parse(event.path("time").asString()));
  }

  boolean isData() {
    return type.startsWith("data.");
  }

  boolean isDeletion() {
    return type.equals("data.deleted");
  }
}
