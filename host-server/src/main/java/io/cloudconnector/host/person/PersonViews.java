package io.cloudconnector.host.person;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.history.BackfillStatus;
import io.cloudconnector.host.store.AuditEntry;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.CoverageStore;
import io.cloudconnector.host.store.DeadLetter;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.DocumentMark;
import io.cloudconnector.host.store.HeldChange;
import io.cloudconnector.host.store.LinkRow;
import io.cloudconnector.host.store.NewRevocation;
import io.cloudconnector.host.store.Revocation;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How what is held looks in an export. No token, no hash of one, nothing sealed. */
final class PersonViews {
  private PersonViews() {}

  static Map<String, @Nullable Object> of(StoredConnection connection) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("vendor", connection.vendor().name());
    view.put("accountIds", sorted(connection.accountIds()));
    view.put("status", connection.status().name());
    view.put("scopes", sorted(connection.scopes()));
    view.put("linkedAt", connection.linkedAt().toString());
    view.put("lastPullAt", text(connection.lastPullAt()));
    view.put("accessTokenExpiresAt", text(connection.accessUntil()));
    return view;
  }

  static Map<String, @Nullable Object> of(LinkRow link) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("vendor", link.vendor().name());
    view.put("returnUrl", link.returnUrl());
    view.put("options", link.options());
    view.put("createdAt", link.createdAt().toString());
    view.put("expiresAt", link.expiresAt().toString());
    view.put("usedAt", text(link.spentAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(Revocation revocation) {
    NewRevocation work = revocation.work();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("vendor", work.vendor().name());
    view.put("accountIds", sorted(work.accountIds()));
    view.put("scopes", sorted(work.scopes()));
    view.put("triedUntil", work.giveUpAt().toString());
    view.put("attempts", revocation.attempts());
    view.put("why", revocation.lastError());
    return view;
  }

  static Map<String, @Nullable Object> of(HeldChange change) {
    DeadLetter what = change.what();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("state", change.givenUp() ? "given up" : "waiting");
    view.put("vendor", what.vendor().name());
    view.put("accountId", what.accountId());
    view.put("eventType", what.eventType());
    view.put("resourceType", what.resourceType());
    view.put("resourceId", what.resourceId());
    view.put("traceId", what.traceId());
    view.put("receivedAt", what.receivedAt().toString());
    view.put("attempts", what.attempts());
    view.put("why", what.why());
    view.put("dataBase64", base64(change.data()));
    view.put("bodyBase64", base64(change.body()));
    return view;
  }

  static Map<String, @Nullable Object> of(BackfillStatus backfill) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("vendor", backfill.backfill().vendor().name());
    view.put("from", backfill.backfill().from().toString());
    view.put("to", backfill.backfill().to().toString());
    view.put("createdAt", backfill.backfill().createdAt().toString());
    view.put("state", backfill.state().name().toLowerCase(Locale.ROOT));
    return view;
  }

  static Map<String, @Nullable Object> of(VendorType vendor, CoverageStore.Row coverage) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("vendor", vendor.name());
    view.put("resourceType", coverage.resourceType());
    view.put("lastByWebhookAt", text(coverage.webhookAt()));
    view.put("lastByReconciliationAt", text(coverage.foundAt()));
    view.put("missedByWebhooks", coverage.missed());
    return view;
  }

  static Map<String, @Nullable Object> of(DocumentMark mark) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("vendor", mark.vendor().name());
    view.put("subject", mark.subject());
    view.put("lastGivenAt", mark.loggedAt().toString());
    view.put("isGone", mark.content() == null);
    return view;
  }

  static Map<String, @Nullable Object> of(AuditEntry entry) {
    Deed deed = entry.deed();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("time", entry.at().toString());
    view.put("by", deed.by().kind().name().toLowerCase(Locale.ROOT));
    view.put("action", deed.action().word());
    view.put("vendor", deed.vendor() == null ? null : deed.vendor().name());
    view.put("detail", deed.detail());
    return view;
  }

  private static @Nullable String base64(@Nullable Bytes bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes.toArray());
  }

  private static Iterable<String> sorted(Set<String> texts) {
    return texts.stream().sorted().toList();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
