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
