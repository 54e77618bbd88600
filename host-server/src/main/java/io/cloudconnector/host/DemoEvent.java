package io.cloudconnector.host;

import tools.jackson.databind.JsonNode;

/**
 * What the demo shows of an event.
 *
 * @param resourceType {@code -} where the event is about no resource, as is the next
 */
record DemoEvent(String type, String vendor, String resourceType, String resourceId, String id) {
  private static final String COLUMNS = "%-17s %-8s %-25s %-37s %s";

  static DemoEvent of(JsonNode event) {
    return new DemoEvent(
        event.path("type").asString("-"),
        event.path("vendor").asString("-"),
        event.path("resourcetype").asString("-"),
        event.path("resourceid").asString("-"),
        event.path("id").asString("-"));
  }

  static String heading() {
    return COLUMNS.formatted("TYPE", "VENDOR", "RESOURCE TYPE", "RESOURCE ID", "EVENT ID");
  }

  boolean isData() {
    return type.startsWith("data.");
  }

  String line() {
    return COLUMNS.formatted(type, vendor, resourceType, resourceId, id);
  }
}
