package io.cloudconnector.host.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Takes accepted changes into the inbox, each dedupe key once. */
final class InboxIntake {
  /** Two hosts that take the same keys in different orders would wait for each other for ever. */
  private static final Comparator<Key> ONE_ORDER =
      Comparator.comparing(Key::vendor).thenComparing(Key::text);

  private InboxIntake() {}

  private record Key(String vendor, String text) {}

  static int accept(Handle tx, List<InboxEntry> entries) {
    List<InboxEntry> fresh = fresh(tx, entries);
    if (!fresh.isEmpty()) {
      insert(tx, fresh);
    }
    return fresh.size();
  }

  private static List<InboxEntry> fresh(Handle tx, List<InboxEntry> entries) {
    Map<Key, InboxEntry> firsts = new TreeMap<>(ONE_ORDER);
    for (InboxEntry entry : entries) {
      String text = entry.dedupeKey();
      if (text != null) {
        firsts.putIfAbsent(new Key(entry.vendor().name(), text), entry);
      }
    }
    Set<Key> unseen = firsts.isEmpty() ? new HashSet<>() : unseen(tx, firsts);
    List<InboxEntry> fresh = new ArrayList<>();
    for (InboxEntry entry : entries) {
      String text = entry.dedupeKey();
      if (text == null || unseen.remove(new Key(entry.vendor().name(), text))) {
        fresh.add(entry);
      }
    }
    return fresh;
  }

  /** Which of the keys were not there before; they are now. */
  private static Set<Key> unseen(Handle tx, Map<Key, InboxEntry> firsts) {
    PreparedBatch batch =
        tx.prepareBatch(
            """
            INSERT INTO dedupe (vendor, dedupe_key, seen_at) VALUES (?, ?, ?)
              ON CONFLICT DO NOTHING
            """);
    firsts.forEach(
        (key, entry) -> batch.add(key.vendor(), key.text(), entry.receivedAt().toEpochMilli()));
    int[] inserted = batch.execute();
    List<Key> keys = List.copyOf(firsts.keySet());
    return IntStream.range(0, inserted.length)
        .filter(i -> inserted[i] == 1)
        .mapToObj(keys::get)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static void insert(Handle tx, List<InboxEntry> entries) {
    PreparedBatch batch =
        tx.prepareBatch(
            """
            INSERT INTO inbox (line, vendor, account_id, user_id, lane, kind, resource_type,
                resource_id, resource_from, resource_to, hint, data, media_type, vendor_event_type,
                trace_id, dedupe_key, attributes, received_at, due_at, attempts, state)
              VALUES (:line, :vendor, :account, :user, :lane, :kind, :resourceType, :resourceId,
                :from, :to, :hint, :data, :mediaType, :vendorEventType, :traceId, :dedupeKey,
                :attributes, :receivedAt, :receivedAt, 0, 'WAITING')
            """);
    entries.forEach(entry -> bind(batch, entry));
    batch.execute();
  }

  private static void bind(PreparedBatch batch, InboxEntry entry) {
    InboxResource resource = entry.resource();
    batch
        .bind("line", InboxRows.line(entry))
        .bind("vendor", entry.vendor().name())
        .bind("account", entry.accountId())
        .bind("user", entry.userId())
        .bind("lane", entry.lane().word())
        .bind("kind", entry.kind().name())
        .bind("resourceType", resource.type())
        .bind("resourceId", resource.id())
        .bind("from", resource.from())
        .bind("to", resource.to())
        .bind("hint", resource.hint())
        .bind("data", Columns.array(entry.data()))
        .bind("mediaType", entry.mediaType())
        .bind("vendorEventType", entry.vendorEventType())
        .bind("traceId", entry.traceId())
        .bind("dedupeKey", entry.dedupeKey())
        .bind("attributes", JsonText.of(entry.attributes()))
        .bind("receivedAt", entry.receivedAt().toEpochMilli())
        .add();
  }
}
