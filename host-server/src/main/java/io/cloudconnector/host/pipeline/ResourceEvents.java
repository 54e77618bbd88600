package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.NewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The events that a row of one person becomes. The same row always gives the same ids. */
final class ResourceEvents {
  static final String UPDATED = "data.updated";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final InboxRow row;
  private final String userId;
  private final Instant now;

  ResourceEvents(InboxRow row, String userId, Instant now) {
    this.row = row;
    this.userId = userId;
    this.now = now;
  }

  List<NewEvent> updated(List<VendorData> documents) {
    List<NewEvent> events = new ArrayList<>();
    for (VendorData document : documents) {
      events.add(
          event(
              events.size(),
              UPDATED,
              document.resource(),
              document.mediaType(),
              Bytes.of(WellFormed.checked(document).bytes())));
    }
    return events;
  }

  List<NewEvent> deleted(Resource resource) {
    ObjectNode data = JSON.createObjectNode();
    data.put("resourcetype", resource.type());
    resource.id().ifPresent(id -> data.put("resourceid", id));
    return List.of(
        event(
            0, "data.deleted", resource, VendorData.JSON, Bytes.of(JSON.writeValueAsBytes(data))));
  }

  /**
   * What a document of a page becomes.
   *
   * @param page how many pages were had before
   * @param content tells it from what else that page may have of the same resource
   */
  NewEvent listed(long page, VendorData document, Bytes content) {
    return event(
        "page %d %s %s"
            .formatted(page, document.resource(), HexFormat.of().formatHex(content.toArray())),
        UPDATED,
        document.resource(),
        document.mediaType(),
        Bytes.of(document.bytes()));
  }

  private NewEvent event(int index, String type, Resource resource, String mediaType, Bytes data) {
    return event(Integer.toString(index), type, resource, mediaType, data);
  }

  private NewEvent event(
      String which, String type, Resource resource, String mediaType, Bytes data) {
    InboxEntry entry = row.entry();
    // The time of receipt keeps ids apart after a restored backup hands row numbers out again.
    String identity =
        String.join(
            "/",
            entry.vendor().name(),
            Long.toString(row.position()),
            Long.toString(entry.receivedAt().toEpochMilli()),
            which,
            userId);
    return new NewEvent(
        EventId.of(identity),
        type,
        entry.vendor(),
        userId,
        resource.toString(),
        resource.type(),
        resource.id().orElse(null),
        entry.traceId(),
        entry.lane().word(),
        now,
        mediaType,
        data,
        entry.attributes());
  }
}
