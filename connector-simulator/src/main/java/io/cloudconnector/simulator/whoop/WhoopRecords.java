package io.cloudconnector.simulator.whoop;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One person's records as they are now. Thread-safe. */
final class WhoopRecords {
  static final Comparator<WhoopRecord> NEWEST_FIRST =
      Comparator.comparing((WhoopRecord record) -> record.times().start())
          .thenComparing(WhoopRecord::id)
          .reversed();

  private record Key(WhoopKind kind, String id) {}

  private final Map<Key, WhoopRecord> records = new HashMap<>();

  synchronized void put(WhoopRecord record) {
    records.put(new Key(record.kind(), record.id()), record);
  }

  synchronized void remove(WhoopRecord record) {
    records.remove(new Key(record.kind(), record.id()));
  }

  synchronized Optional<WhoopRecord> find(WhoopKind kind, String id) {
    return Optional.ofNullable(records.get(new Key(kind, id)));
  }

  synchronized List<WhoopRecord> newestFirst(WhoopKind kind) {
    return ofKind(kind).sorted(NEWEST_FIRST).toList();
  }

  /** The sleep that a cycle begins with, or the recovery from it. */
  synchronized Optional<WhoopRecord> ofCycle(WhoopKind kind, String cycleId) {
    return ofKind(kind)
        .filter(record -> Long.toString(record.cycleId()).equals(cycleId))
        .min(Comparator.comparing(record -> record.times().start()));
  }

  private Stream<WhoopRecord> ofKind(WhoopKind kind) {
    return records.values().stream().filter(record -> record.kind() == kind);
  }
}
