package io.cloudconnector.host.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Tells repetitions from new changes. */
final class DedupeKeys {
  /** Two hosts that take the same keys in different orders would wait for each other for ever. */
  private static final Comparator<Key> ONE_ORDER =
      Comparator.comparing(Key::vendor).thenComparing(Key::text);

  private static final int COLUMNS = 3;

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
    Set<Key> unseen = insert(tx, firsts);
    List<Boolean> fresh = new ArrayList<>();
    for (InboxEntry entry : entries) {
      String text = entry.dedupeKey();
      fresh.add(text == null || unseen.remove(new Key(entry.vendor().name(), text)));
    }
    return fresh;
  }

  /** Which of the keys were not there before; they are now. */
  private static Set<Key> insert(Handle tx, Map<Key, InboxEntry> firsts) {
    Set<Key> unseen = new HashSet<>();
    for (List<Map.Entry<Key, InboxEntry>> piece :
        DirectSql.pieces(List.copyOf(firsts.entrySet()))) {
      Object[] values = new Object[piece.size() * COLUMNS];
      int at = 0;
      for (Map.Entry<Key, InboxEntry> one : piece) {
        values[at++] = one.getKey().vendor();
        values[at++] = one.getKey().text();
        values[at++] = one.getValue().receivedAt().toEpochMilli();
      }
      unseen.addAll(
          DirectSql.query(
              tx,
              """
              INSERT INTO dedupe (vendor, dedupe_key, seen_at) VALUES %s
                ON CONFLICT DO NOTHING RETURNING vendor, dedupe_key
              """
                  .formatted(DirectSql.places(piece.size(), COLUMNS)),
              values,
              row -> new Key(row.getString(1), row.getString(2))));
    }
    return unseen;
  }
}
