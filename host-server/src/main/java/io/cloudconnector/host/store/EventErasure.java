package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Takes one person's events out of the log, some at a time, so that no transaction is long. Their
 * numbers are remembered and nothing else: a reader who had read up to one of them goes on from
 * there. What sinks set aside of them goes too. Reads the whole log once, since an index by person
 * would cost every event.
 */
public final class EventErasure {
  private static final int LOOKED_AT_ONCE = 5_000;
  private static final int ERASED_AT_ONCE = 500;

  private final Database database;
  private final EventLog log;

  public EventErasure(Database database) {
    this.database = database;
    this.log = new EventLog(database);
  }

  private record Erased(long seq, long bytes) {}

  /** What is set aside stays behind the purge, and is not counted any more. */
  private record Mark(long purgedTo, long countedTo) {
    boolean counts(Erased event) {
      return event.seq() > purgedTo && event.seq() <= countedTo;
    }
  }

  /**
   * Erases what is in the log now.
   *
   * @param word the type of events of which the last one of each vendor stays: it says that the
   *     person was there and is gone
   */
  public void erase(String userId, String word) {
    Map<VendorType, Long> words = new HashMap<>();
    long upTo = log.last();
    long after = 0;
    while (after < upTo) {
      List<EventKey> page = log.keys(after, LOOKED_AT_ONCE);
      if (page.isEmpty()) {
        return;
      }
      after = page.getLast().seq();
      List<EventKey> theirs =
          page.stream().filter(key -> key.userId().equals(userId) && key.seq() <= upTo).toList();
      eraseAllBut(word, theirs, words);
    }
  }

  private void eraseAllBut(String word, List<EventKey> theirs, Map<VendorType, Long> words) {
    for (int from = 0; from < theirs.size(); from += ERASED_AT_ONCE) {
      List<EventKey> some = theirs.subList(from, Math.min(theirs.size(), from + ERASED_AT_ONCE));
      List<Long> seqs = some.stream().map(EventKey::seq).toList();
      database.execute(tx -> erase(tx, seqs, "AND type <> '" + word + "'"));
      for (EventKey left : log.keys(seqs)) {
        Long before = words.put(left.vendor(), left.seq());
        if (before != null) {
          database.execute(tx -> erase(tx, List.of(before), ""));
        }
      }
    }
  }

  /** The mark is held first, as by whoever forgets old events: both keep count of what is left. */
  private void erase(Handle tx, List<Long> seqs, String but) {
    Mark mark =
        tx.createQuery(
                "SELECT purged_to, counted_to FROM event_log_mark"
                    + database.dialect().forUpdate("event_log_mark"))
            .map((row, context) -> new Mark(row.getLong("purged_to"), row.getLong("counted_to")))
            .one();
    List<Erased> erased =
        tx.createQuery(
                "DELETE FROM event_log WHERE seq IN (%s) %s RETURNING seq, %s AS bytes"
                    .formatted(numbers(seqs), but, EventPurge.SIZE))
            .map((row, context) -> new Erased(row.getLong("seq"), row.getLong("bytes")))
            .list();
    if (!erased.isEmpty()) {
      remember(tx, erased.stream().map(Erased::seq).toList());
      tx.execute(
          "UPDATE event_log_mark SET counted_bytes = counted_bytes - ?",
          erased.stream().filter(mark::counts).mapToLong(Erased::bytes).sum());
    }
  }

  private static void remember(Handle tx, List<Long> seqs) {
    tx.execute("DELETE FROM sink_parked WHERE seq IN (" + numbers(seqs) + ")");
    String rows =
        seqs.stream().map(seq -> "(" + seq + ")").collect(Collectors.joining(", ", "VALUES ", ""));
    tx.execute("INSERT INTO event_erased (seq) " + rows);
  }

  private static String numbers(List<Long> seqs) {
    return seqs.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
