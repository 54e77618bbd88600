package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The events that a sink refused for too long. Their entries in the log stay as long as these. */
public final class ParkedStore {
  private static final String SELECT =
      """
      SELECT e.*, p.parked_at, p.attempts, p.why, p.wanted_at
        FROM sink_parked p JOIN event_log e ON e.seq = p.seq
      """;

  private final Database database;
  private final String sink;

  public ParkedStore(Database database, String sink) {
    this.database = database;
    this.sink = sink;
  }

  /** Parks an event, or tells why it stays parked. */
  public void park(long seq, int attempts, String why, Instant now) {
    database.execute(
        tx -> {
          // Its person may have been deleted while it was on its way.
          if (isKept(tx, seq)) {
            park(tx, seq, attempts, why, now);
          }
        });
  }

  /** Whether the event is there; if it is, nobody takes it away until the transaction ends. */
  private boolean isKept(Handle tx, long seq) {
    return tx.createQuery(
            "SELECT 1 FROM event_log e WHERE seq = :seq" + database.dialect().forUpdate("e"))
        .bind("seq", seq)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private void park(Handle tx, long seq, int attempts, String why, Instant now) {
    tx.execute(
        """
        INSERT INTO sink_parked (sink, seq, parked_at, attempts, why) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (sink, seq) DO UPDATE SET wanted_at = NULL, why = excluded.why,
            attempts = sink_parked.attempts + excluded.attempts
        """,
        sink,
        seq,
        now.toEpochMilli(),
        attempts,
        Columns.remark(why));
  }

  /** What follows a number, in order. */
  public List<ParkedEvent> list(long after, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    SELECT + " WHERE p.sink = :sink AND p.seq > :after ORDER BY p.seq LIMIT :limit")
                .bind("sink", sink)
                .bind("after", after)
                .bind("limit", limit)
                .map(ParkedStore::row)
                .list());
  }

  private static ParkedEvent row(ResultSet row, StatementContext context) throws SQLException {
    return new ParkedEvent(
        EventLog.row(row),
        Columns.time(row, "parked_at"),
        row.getInt("attempts"),
        row.getString("why"),
        Columns.timeOrNull(row, "wanted_at") != null);
  }

  public long count() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM sink_parked WHERE sink = :sink")
                .bind("sink", sink)
                .mapTo(Long.class)
                .one());
  }

  /** Asks for an event to be sent once more; false when it is not parked. */
  public boolean want(Handle tx, long seq, Instant now) {
    return change(
        tx,
        "UPDATE sink_parked SET wanted_at = ? WHERE sink = ? AND seq = ?",
        now.toEpochMilli(),
        sink,
        seq);
  }

  /** Whose the events are that somebody asked for, the longest wait first. */
  public List<EventKey> wanted(int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT e.seq, e.vendor, e.user_id
                      FROM sink_parked p JOIN event_log e ON e.seq = p.seq
                      WHERE p.sink = :sink AND p.wanted_at IS NOT NULL
                      ORDER BY p.wanted_at, p.seq LIMIT :limit
                    """)
                .bind("sink", sink)
                .bind("limit", limit)
                .map(EventLog::key)
                .list());
  }

  /** Lets an event go, because it was taken or nobody wants it; false when it is not parked. */
  public boolean remove(Handle tx, long seq) {
    return change(tx, "DELETE FROM sink_parked WHERE sink = ? AND seq = ?", sink, seq);
  }

  /** {@link #remove} in a transaction of its own. */
  public void letGo(long seq) {
    database.execute(tx -> remove(tx, seq));
  }

  private static boolean change(Handle tx, String sql, Object... values) {
    return tx.execute(sql, values) == 1;
  }
}
