package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inbox entries that differ only in what a test is about. */
final class TestEntry {
  private TestEntry() {}

  static InboxEntry mapped(String user, String sleepId) {
    return entry("account of " + user, user, sleepId, null, StoreTest.NOW);
  }

  static InboxEntry unmapped(String account, String sleepId) {
    return entry(account, null, sleepId, null, StoreTest.NOW);
  }

  static InboxEntry keyed(InboxEntry entry, String key) {
    return entry(entry.accountId(), entry.userId(), id(entry), key, entry.receivedAt());
  }

  static InboxEntry at(InboxEntry entry, Instant time) {
    return entry(entry.accountId(), entry.userId(), id(entry), entry.dedupeKey(), time);
  }

  static InboxEntry ofAccount(InboxEntry entry, String account) {
    return entry(account, entry.userId(), id(entry), entry.dedupeKey(), entry.receivedAt());
  }

  static InboxEntry traced(InboxEntry entry, String traceId) {
    return copy(entry, entry.lane(), entry.kind(), entry.resource(), traceId);
  }

  static InboxEntry of(InboxEntry entry, InboxKind kind) {
    return copy(entry, entry.lane(), kind, entry.resource(), entry.traceId());
  }

  static InboxEntry in(InboxEntry entry, Lane lane) {
    return copy(entry, lane, entry.kind(), entry.resource(), entry.traceId());
  }

  static InboxEntry about(InboxEntry entry, InboxResource resource) {
    return copy(entry, entry.lane(), entry.kind(), resource, entry.traceId());
  }

  private static InboxEntry copy(
      InboxEntry entry, Lane lane, InboxKind kind, InboxResource resource, String traceId) {
    return new InboxEntry(
        entry.vendor(),
        entry.accountId(),
        entry.userId(),
        lane,
        kind,
        resource,
        entry.data(),
        entry.mediaType(),
        entry.vendorEventType(),
        traceId,
        entry.dedupeKey(),
        entry.attributes(),
        entry.receivedAt());
  }

  private static String id(InboxEntry entry) {
    return String.valueOf(entry.resource().id());
  }

  private static InboxEntry entry(
      String account,
      @Nullable String user,
      String sleepId,
      @Nullable String key,
      Instant receivedAt) {
    return new InboxEntry(
        StoreTest.ACME,
        account,
        user,
        Lane.LIVE,
        InboxKind.CHANGED,
        InboxResource.one("sleep", sleepId),
        null,
        null,
        "sleep.updated",
        "trace-" + sleepId,
        key,
        Map.of(),
        receivedAt);
  }
}
