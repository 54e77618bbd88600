package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.HistoryCounts;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.NewEvent;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the operator is told about a backfill itself. */
final class BackfillEvents {
  private static final JsonMapper JSON = JsonMapper.shared();

  private BackfillEvents() {}

  /** All of one type has been gone through. */
  static NewEvent completed(InboxRow row, HistoryWalk walk, HistoryCounts counts, Instant now) {
    InboxEntry entry = row.entry();
    ObjectNode data = JSON.createObjectNode();
    data.put("backfillId", walk.backfillId());
    data.put("resourcetype", walk.resourceType());
    data.put("from", walk.from().toString());
    data.put("to", walk.to().toString());
    data.put("pages", counts.pages());
    data.put("documents", counts.documents());
    data.put("emitted", counts.emitted());
    data.put("unchanged", counts.unchanged());
    return new NewEvent(
        EventId.of(walk.backfillId() + "/" + walk.resourceType()),
        "backfill.completed",
        walk.vendor(),
        walk.userId(),
        walk.resourceType(),
        walk.resourceType(),
        null,
        entry.traceId(),
        entry.lane().word(),
        now,
        VendorData.JSON,
        Bytes.of(JSON.writeValueAsBytes(data)));
  }
}
