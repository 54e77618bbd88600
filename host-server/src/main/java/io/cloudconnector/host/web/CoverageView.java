package io.cloudconnector.host.web;

import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.CoverageStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What webhooks brought of each type of a connection, and what they missed. */
final class CoverageView {
  private CoverageView() {}

  /** All types that the connector describes, and whatever else is known. */
  static List<Map<String, @Nullable Object>> of(
      Optional<RunningConnector> connector, List<CoverageStore.Row> known) {
    Map<String, CoverageStore.Row> rows = new TreeMap<>();
    connector.ifPresent(
        running ->
            running
                .descriptor()
                .resources()
                .keySet()
                .forEach(type -> rows.put(type, new CoverageStore.Row(type, null, null, 0, null))));
    known.forEach(row -> rows.put(row.resourceType(), row));
    return rows.values().stream().map(CoverageView::view).toList();
  }

  private static Map<String, @Nullable Object> view(CoverageStore.Row row) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("resourceType", row.resourceType());
    view.put("lastByWebhookAt", Values.time(row.webhookAt()));
    view.put("lastByReconciliationAt", Values.time(row.foundAt()));
    view.put("missedByWebhooks", row.missed());
    view.put("reconciledUpTo", Values.time(row.doneTo()));
    return view;
  }
}
