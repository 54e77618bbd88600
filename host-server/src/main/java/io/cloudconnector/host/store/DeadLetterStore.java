package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of the inbox that were given up: to look at, to try again, to forget. */
public final class DeadLetterStore {
  /** So many rows are changed in one transaction; longer ones would keep webhooks waiting. */
  private static final int BATCH = 500;

  // Without the data that a notice carried: a page of those could fill the heap.
  private static final String SELECT =
      """
      SELECT id, vendor, user_id, account_id, vendor_event_type, resource_type, resource_id,
          trace_id, received_at, attempts, last_error
        FROM inbox WHERE state = 'DEAD'
      """;

  private final Database database;
  private final InboxLines lines;

  public DeadLetterStore(Database database) {
    this.database = database;
    this.lines = new InboxLines(database.dialect());
  }

  /** What follows an id, the lowest first. */
  public List<DeadLetter> list(DeadLetterKind kind, long after, int limit) {
    Conditions conditions = kind.conditions();
    String sql = SELECT + " AND id > :after" + conditions.sql() + " ORDER BY id LIMIT :limit";
    return database.read(
        handle ->
            conditions
                .bind(handle.createQuery(sql))
                .bind("after", after)
                .bind("limit", limit)
                .map(DeadLetterStore::row)
                .list());
  }

  public Optional<DeadLetter> find(long id) {
    return database.read(
        handle ->
            handle
                .createQuery(SELECT + " AND id = :id")
                .bind("id", id)
                .map(DeadLetterStore::row)
                .findOne());
  }

  /** The webhook that told of it, as it came; empty where it came by no webhook. */
  public Optional<Bytes> body(long id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT COALESCE(i.body, w.body) AS body FROM inbox i
                      LEFT JOIN webhook w ON w.id = i.webhook_id
                      WHERE i.id = :id AND COALESCE(i.body, w.body) IS NOT NULL
                    """)
                .bind("id", id)
                .map((row, context) -> Columns.bytes(row, "body"))
                .findOne());
  }

  static DeadLetter row(ResultSet row, StatementContext context) throws SQLException {
    return new DeadLetter(
        row.getLong("id"),
        Columns.vendor(row),
        Columns.textOrNull(row, "user_id"),
        row.getString("account_id"),
        row.getString("vendor_event_type"),
        Columns.textOrNull(row, "resource_type"),
        Columns.textOrNull(row, "resource_id"),
        row.getString("trace_id"),
        Columns.time(row, "received_at"),
        row.getInt("attempts"),
        Columns.textOrNull(row, "last_error"));
  }

  /**
   * Lets a dead letter wait again, from the beginning and in its old position.
   *
   * @return false when there is no dead letter of that id
   */
  public boolean replay(Handle tx, long id, Instant now) {
    return !replay(tx, new Conditions(), "= " + id, now).isEmpty();
  }

  /**
   * {@link #replay(Handle, long, Instant)} for each of a kind that is dead now, in transactions of
   * a bounded size. One that dies again meanwhile is left alone, or this might never end.
   *
   * @return how many wait again
   */
  public long replay(DeadLetterKind kind, Instant now) {
    long newest = newest();
    long replayed = 0;
    long after = 0;
    while (true) {
      long from = after;
      List<Long> batch = database.write(tx -> replay(tx, kind, from, newest, now));
      if (batch.isEmpty()) {
        return replayed;
      }
      replayed += batch.size();
      after = batch.stream().mapToLong(Long::longValue).max().orElse(newest);
    }
  }

  private List<Long> replay(Handle tx, DeadLetterKind kind, long after, long newest, Instant now) {
    Conditions conditions = kind.conditions();
    String batch =
        "IN (SELECT id FROM inbox WHERE state = 'DEAD' AND id > %d AND id <= %d%s ORDER BY id LIMIT %d)"
            .formatted(after, newest, conditions.sql(), BATCH);
    return replay(tx, conditions, batch, now).stream().map(Replayed::id).toList();
  }

  /** A row that waits again, and where. */
  private record Replayed(long id, InboxLine line) {}

  private List<Replayed> replay(Handle tx, Conditions conditions, String ids, Instant now) {
    tx.afterCommit(database.inboxSignal()::raise);
    List<Replayed> replayed =
        conditions
            .bind(
                tx.createQuery(
                    "UPDATE inbox SET state = 'WAITING', due_at = :now, attempts = 0,"
                        + " first_tried_at = NULL WHERE state = 'DEAD' AND id "
                        + ids
                        + " RETURNING id, vendor, line, lane"))
            .bind("now", now.toEpochMilli())
            .map((row, of) -> new Replayed(row.getLong("id"), InboxRows.waitingLine(row, of)))
            .list();
    if (!replayed.isEmpty()) {
      Map<InboxLine, Instant> looks = new HashMap<>();
      replayed.forEach(one -> looks.put(one.line(), now));
      lines.look(tx, looks);
    }
    return replayed;
  }

  private long newest() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT COALESCE(MAX(id), 0) FROM inbox WHERE state = 'DEAD'")
                .mapTo(Long.class)
                .one());
  }

  /** Forgets a dead letter; false when there is none of that id. */
  public boolean discard(Handle tx, long id) {
    return tx.execute("DELETE FROM inbox WHERE id = ? AND state = 'DEAD'", id) == 1;
  }
}
