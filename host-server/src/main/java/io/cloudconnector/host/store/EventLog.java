package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * What the operator gets, in order. Who has read up to some number and asks for what follows never
 * misses an event, even while several hosts append.
 */
public final class EventLog {
  private static final int CHUNK = 500;

  private static final String SIZES =
      "SELECT seq, COALESCE(length(data), 0) FROM event_log WHERE seq > ? ORDER BY seq LIMIT ?";

  private static final String PAGE =
      "SELECT * FROM event_log WHERE seq > ? AND seq <= ? ORDER BY seq";

  private static final String INSERT =
      """
      INSERT INTO event_log (id, type, vendor, user_id, subject, resource_type, resource_id,
          trace_id, lane, written_at, media_type, data, attributes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        RETURNING seq
      """;

  private static final String GOES_ON =
      """
      SELECT purged_to = :seq
          OR (purged_to < :seq AND (EXISTS (SELECT 1 FROM event_log WHERE seq = :seq)
            OR EXISTS (SELECT 1 FROM event_erased WHERE seq = :seq)))
        FROM event_log_mark
      """;

  private final Database database;

  public EventLog(Database database) {
    this.database = database;
  }

  /**
   * Appends an event; until the transaction ends no other append goes on, so this comes last in it.
   *
   * @return the event's number, or the one it has already when its id is in the log
   */
  public long append(Handle tx, NewEvent event) {
    lock(tx);
    return insert(tx, event).orElseGet(() -> seqOf(tx, event.id()));
  }

  /** Appends events in this order; like {@link #append}, this comes last in a transaction. */
  public void appendAll(Handle tx, List<NewEvent> events) {
    if (!events.isEmpty()) {
      lock(tx);
      events.forEach(event -> insert(tx, event));
    }
  }

  private void lock(Handle tx) {
    database.dialect().lockLog(tx);
    tx.afterCommit(database.eventSignal()::raise);
  }

  private static Optional<Long> insert(Handle tx, NewEvent event) {
    @Nullable Object[] values = {
      event.id(),
      event.type(),
      event.vendor().name(),
      event.userId(),
      event.subject(),
      event.resourceType(),
      event.resourceId(),
      event.traceId(),
      event.lane(),
      event.time().toEpochMilli(),
      event.mediaType(),
      Columns.array(event.data()),
      JsonText.of(event.attributes())
    };
    return DirectSql.query(tx, INSERT, values, row -> row.getLong(1)).stream().findFirst();
  }

  private static long seqOf(Handle tx, String id) {
    return tx.createQuery("SELECT seq FROM event_log WHERE id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .one();
  }

  /**
   * What follows a number, in order: at most so many bytes of data, but at least one event where
   * there is one.
   */
  public List<LoggedEvent> read(long after, int limit, int bytes) {
    return database.read(
        handle -> {
          long last = lastWithin(handle, after, limit, bytes);
          return last == after
              ? List.of()
              : DirectSql.query(handle, PAGE, new Object[] {after, last}, EventLog::row);
        });
  }

  /** By their sizes alone: a page is not read to be thrown away. */
  private static long lastWithin(Handle handle, long after, int limit, int bytes) {
    long last = after;
    long left = bytes;
    for (Sized event :
        DirectSql.query(handle, SIZES, new Object[] {after, (long) limit}, Sized::read)) {
      left -= event.size();
      if (left < 0 && last != after) {
        break;
      }
      last = event.seq();
    }
    return last;
  }

  private record Sized(long seq, long size) {
    static Sized read(ResultSet row) throws SQLException {
      return new Sized(row.getLong(1), row.getLong(2));
    }
  }

  /** One event, where it is still kept. */
  public Optional<LoggedEvent> find(long seq) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM event_log WHERE seq = :seq")
                .bind("seq", seq)
                .map((row, _) -> row(row))
                .findOne());
  }

  /** Whose the events are that follow a number, without the events themselves. */
  public List<EventKey> keys(long after, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT seq, vendor, user_id FROM event_log"
                        + " WHERE seq > :after ORDER BY seq LIMIT :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map(EventLog::key)
                .list());
  }

  /** {@link #keys(long, int)} of some events; those that are no longer kept are left out. */
  public List<EventKey> keys(Collection<Long> seqs) {
    List<EventKey> keys = new ArrayList<>();
    List<Long> sorted = seqs.stream().sorted().toList();
    for (int from = 0; from < sorted.size(); from += CHUNK) {
      keys.addAll(keysOf(sorted.subList(from, Math.min(from + CHUNK, sorted.size()))));
    }
    return keys;
  }

  private List<EventKey> keysOf(List<Long> seqs) {
    String numbers = seqs.stream().map(String::valueOf).collect(Collectors.joining(","));
    String sql =
        "SELECT seq, vendor, user_id FROM event_log WHERE seq IN (" + numbers + ") ORDER BY seq";
    return database.read(handle -> handle.createQuery(sql).map(EventLog::key).list());
  }

  static EventKey key(ResultSet row, StatementContext context) throws SQLException {
    return new EventKey(row.getLong("seq"), Columns.vendor(row), row.getString("user_id"));
  }

  /** When the first event after a number was written. */
  public Optional<Instant> writtenAfter(long seq) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT written_at FROM event_log WHERE seq > :seq ORDER BY seq LIMIT 1")
                .bind("seq", seq)
                .map((row, context) -> Columns.time(row, "written_at"))
                .findOne());
  }

  static LoggedEvent row(ResultSet row) throws SQLException {
    NewEvent event =
        new NewEvent(
            row.getString("id"),
            row.getString("type"),
            Columns.vendor(row),
            row.getString("user_id"),
            row.getString("subject"),
            Columns.textOrNull(row, "resource_type"),
            Columns.textOrNull(row, "resource_id"),
            Columns.textOrNull(row, "trace_id"),
            Columns.textOrNull(row, "lane"),
            Columns.time(row, "written_at"),
            Columns.textOrNull(row, "media_type"),
            Columns.bytesOrNull(row, "data"),
            JsonText.map(row.getString("attributes")));
    return new LoggedEvent(row.getLong("seq"), event);
  }

  /** The newest number; 0 while nothing was ever logged. */
  public long last() {
    return bounds().last();
  }

  /** Where the log begins and ends. */
  public LogBounds bounds() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT purged_to, (SELECT MAX(seq) FROM (
                        SELECT MAX(seq) AS seq FROM event_log
                        UNION ALL SELECT MAX(seq) FROM event_erased) AS ends) AS newest
                      FROM event_log_mark
                    """)
                .map(
                    (row, context) -> LogBounds.of(row.getLong("purged_to"), row.getLong("newest")))
                .one());
  }

  /**
   * Whether a reader who has read up to a number misses nothing by going on from there. Otherwise
   * what follows it is forgotten in part, or the number was handed out by another log, which this
   * one was restored behind.
   */
  public boolean goesOnFrom(long seq) {
    return database.read(
        handle -> handle.createQuery(GOES_ON).bind("seq", seq).mapTo(Boolean.class).one());
  }
}
