package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Forgets the start of the event log, some events at a time, so that no transaction is long. What a
 * sink set aside stays until it is sent or let go. Safe on several hosts at once.
 */
public final class EventPurge {
  private static final int MOST_EVENTS = 1_000;
  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final int COUNTED_AT_ONCE = 5_000;

  /** What an event takes besides its data: its columns and its places in the indexes. */
  private static final int BESIDES = 500;

  static final String SIZE = "COALESCE(length(data), 0) + " + BESIDES;

  private final Database database;

  public EventPurge(Database database) {
    this.database = database;
  }

  /**
   * What may go.
   *
   * @param before events that were written earlier
   * @param maxBytes and the oldest, while all together take more; empty: any number of bytes
   * @param sink but none that this sink has not had yet
   */
  public record Rule(Instant before, Optional<Long> maxBytes, Optional<String> sink) {}

  /**
   * What one step did.
   *
   * @param more whether there is more to forget
   * @param held whether events that may go are kept for somebody who has not had them
   */
  public record Step(int events, boolean more, boolean held) {}

  private record Mark(long purgedTo, long countedTo, long countedBytes) {}

  private record Count(int events, long seq, long bytes) {}

  private record Row(long seq, long writtenAt, long bytes) {}

  /** One step, in a transaction of its own. */
  public Step step(Rule rule) {
    if (rule.maxBytes().isPresent()) {
      count();
    }
    return database.write(tx -> step(tx, rule));
  }

  private Step step(Handle tx, Rule rule) {
    Mark mark = mark(tx);
    long upTo = mark.purgedTo();
    long bytes = 0;
    long left = mark.countedBytes();
    boolean held = false;
    long ceiling = rule.sink().flatMap(name -> position(tx, name)).orElse(Long.MAX_VALUE);
    List<Row> rows = rows(tx, mark.purgedTo());
    int going = 0;
    for (Row row : rows) {
      boolean tooMuch = rule.maxBytes().isPresent() && left > rule.maxBytes().get();
      if (!tooMuch && row.writtenAt() >= rule.before().toEpochMilli()) {
        break;
      }
      held = row.seq() > ceiling;
      if (held || bytes > MOST_BYTES) {
        break;
      }
      going++;
      upTo = row.seq();
      bytes += row.bytes();
      left -= row.seq() <= mark.countedTo() ? row.bytes() : 0;
    }
    int gone = forget(tx, upTo, left);
    return new Step(gone, (going > 0 && going == rows.size()) || bytes > MOST_BYTES, held);
  }

  private Mark mark(Handle tx) {
    return tx.createQuery(
            "SELECT * FROM event_log_mark" + database.dialect().forUpdate("event_log_mark"))
        .map(
            (row, context) ->
                new Mark(
                    row.getLong("purged_to"),
                    row.getLong("counted_to"),
                    row.getLong("counted_bytes")))
        .one();
  }

  /** Read behind the lock on the mark, which whoever moves a sink back holds too. */
  private static Optional<Long> position(Handle tx, String sink) {
    return tx.createQuery("SELECT position FROM sink WHERE name = :name")
        .bind("name", sink)
        .mapTo(Long.class)
        .findOne();
  }

  private static List<Row> rows(Handle tx, long after) {
    return tx.createQuery(
            "SELECT seq, written_at, "
                + SIZE
                + " AS bytes FROM event_log WHERE seq > :after ORDER BY seq LIMIT :limit")
        .bind("after", after)
        .bind("limit", MOST_EVENTS)
        .map(
            (row, context) ->
                new Row(row.getLong("seq"), row.getLong("written_at"), row.getLong("bytes")))
        .list();
  }

  private static int forget(Handle tx, long upTo, long bytesLeft) {
    tx.execute(
        """
        UPDATE event_log_mark SET purged_to = ?, counted_bytes = ?,
          counted_to = CASE WHEN counted_to < ? THEN ? ELSE counted_to END
        """,
        upTo,
        bytesLeft,
        upTo,
        upTo);
    tx.execute("DELETE FROM event_erased WHERE seq <= ?", upTo);
    return tx.execute(
        """
        DELETE FROM event_log WHERE seq <= ?
          AND NOT EXISTS (SELECT 1 FROM sink_parked p WHERE p.seq = event_log.seq)
        """,
        upTo);
  }

  /** Brings the count up to date, which costs as much as there is new. */
  private void count() {
    while (database.write(this::countSome) == COUNTED_AT_ONCE) {
      // Again: a full share means that there may be more.
    }
  }

  private int countSome(Handle tx) {
    Mark mark = mark(tx);
    Count more =
        tx.createQuery(
                "SELECT COUNT(*) AS events, MAX(seq) AS seq, SUM(bytes) AS bytes FROM (SELECT seq, "
                    + SIZE
                    + " AS bytes FROM event_log WHERE seq > :after ORDER BY seq LIMIT :limit)"
                    + " AS page")
            .bind("after", mark.countedTo())
            .bind("limit", COUNTED_AT_ONCE)
            .map(
                (row, context) ->
                    new Count(row.getInt("events"), row.getLong("seq"), row.getLong("bytes")))
            .one();
    if (more.events() > 0) {
      tx.execute(
          "UPDATE event_log_mark SET counted_to = ?, counted_bytes = counted_bytes + ?",
          more.seq(),
          more.bytes());
    }
    return more.events();
  }
}
