package io.cloudconnector.host.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Tells repetitions from new changes. */
final class DedupeKeys {
  /** Two hosts that take the same keys in different orders would wait for each other for ever. */
  private static final Comparator<Key> ONE_ORDER =
      Comparator.comparing(Key::vendor).thenComparing(Key::text);

  private DedupeKeys() {}

  private record Key(String vendor, String text) {}

  /** For each entry whether it is new; from now on none of these keys is. */
  static List<Boolean> areNew(Handle tx, List<InboxEntry> entries) {
    Map<Key, InboxEntry> firsts = new TreeMap<>(ONE_ORDER);
    for (InboxEntry entry : entries) {
      String text = entry.dedupeKey();
      if (text != null) {
        firsts.putIfAbsent(new Key(entry.vendor().name(), text), entry);
      }
    }
    Set<Key> unseen = firsts.isEmpty() ? new HashSet<>() : insert(tx, firsts);
    List<Boolean> fresh = new ArrayList<>();
    for (InboxEntry entry : entries) {
      String text = entry.dedupeKey();
      fresh.add(text == null || unseen.remove(new Key(entry.vendor().name(), text)));
    }
    return fresh;
  }

  /** Which of the keys were not there before; they are now. */
  private static Set<Key> insert(Handle tx, Map<Key, InboxEntry> firsts) {
    PreparedBatch batch =
        tx.prepareBatch(
            """
            INSERT INTO dedupe (vendor, dedupe_key, seen_at) VALUES (?, ?, ?)
              ON CONFLICT DO NOTHING
            """);
    firsts.forEach(
        (key, entry) -> batch.add(key.vendor(), key.text(), entry.receivedAt().toEpochMilli()));
    int[] inserted = batch.execute();
    Set<Key> unseen = new HashSet<>();
    int i = 0;
    for (Key key : firsts.keySet()) {
      if (inserted[i++] == 1) {
        unseen.add(key);
      }
    }
    return unseen;
  }
}
