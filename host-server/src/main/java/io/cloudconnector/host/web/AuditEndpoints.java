package io.cloudconnector.host.web;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.AuditEntry;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Deed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who did what, for reading. */
final class AuditEndpoints {
  private final AuditLog audit;

  AuditEndpoints(AuditLog audit) {
    this.audit = audit;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/audit", false, this::list));
  }

  private Reply list(Exchange exchange) {
    int limit = Values.number(exchange, "limit", 100, 1, 1000);
    Optional<VendorType> vendor = FaultRequests.vendor(exchange::query);
    Optional<String> user = exchange.query("userId").map(Values::userId);
    List<AuditEntry> page = audit.list(user, vendor, Values.after(exchange), limit);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("entries", page.stream().map(AuditEndpoints::view).toList());
    reply.put("next", page.isEmpty() ? null : Long.toString(page.getLast().id()));
    return Reply.json(200, reply);
  }

  static Map<String, Object> view(AuditEntry entry) {
    Deed deed = entry.deed();
    VendorType vendor = deed.vendor();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Long.toString(entry.id()));
    view.put("time", entry.at().toString());
    view.put("by", deed.by().kind().name().toLowerCase(Locale.ROOT));
    view.put("apiKey", deed.by().key());
    view.put("action", deed.action().word());
    view.put("vendor", vendor == null ? null : vendor.name());
    view.put("userId", deed.userId());
    view.put("detail", deed.detail());
    return view;
  }
}
