package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What the operator gets, in order. Who has read up to some number and asks for what follows never
 * misses an event, even while several hosts append.
 */
public final class EventLog {
  /** A page is held in memory, more than once. */
  private static final int PAGE_BYTES = 8 * 1024 * 1024;

  private static final String PAGE =
      """
      WITH page (seq, total) AS (
        SELECT seq, SUM(COALESCE(length(data), 0)) OVER (ORDER BY seq) FROM (
          SELECT seq, data FROM event_log WHERE seq > :after ORDER BY seq LIMIT :limit) AS first)
      SELECT e.* FROM event_log e JOIN page ON page.seq = e.seq
        WHERE page.total <= :bytes OR page.seq = (SELECT MIN(seq) FROM page)
        ORDER BY e.seq
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
    return tx.createQuery(
            """
            INSERT INTO event_log (id, type, vendor, user_id, subject, resource_type, resource_id,
                trace_id, lane, written_at, media_type, data, attributes)
              VALUES (:id, :type, :vendor, :user, :subject, :resourceType, :resourceId, :traceId,
                :lane, :time, :mediaType, :data, :attributes)
              ON CONFLICT (id) DO NOTHING
              RETURNING seq
            """)
        .bind("id", event.id())
        .bind("type", event.type())
        .bind("vendor", event.vendor().name())
        .bind("user", event.userId())
        .bind("subject", event.subject())
        .bind("resourceType", event.resourceType())
        .bind("resourceId", event.resourceId())
        .bind("traceId", event.traceId())
        .bind("lane", event.lane())
        .bind("time", event.time().toEpochMilli())
        .bind("mediaType", event.mediaType())
        .bind("data", Columns.array(event.data()))
        .bind("attributes", JsonText.of(event.attributes()))
        .mapTo(Long.class)
        .findOne();
  }

  private static long seqOf(Handle tx, String id) {
    return tx.createQuery("SELECT seq FROM event_log WHERE id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .one();
  }

  /** What follows a number, in order; fewer than asked for where their data is large. */
  public List<LoggedEvent> read(long after, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(PAGE)
                .bind("after", after)
                .bind("limit", limit)
                .bind("bytes", PAGE_BYTES)
                .map(EventLog::row)
                .list());
  }

  private static LoggedEvent row(ResultSet row, StatementContext context) throws SQLException {
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
    return seq("SELECT MAX(seq) FROM event_log").orElse(0L);
  }

  /** The oldest number still kept: who has not read up to the one before it has missed events. */
  public Optional<Long> oldest() {
    return seq("SELECT MIN(seq) FROM event_log");
  }

  private Optional<Long> seq(String sql) {
    return database.read(handle -> handle.createQuery(sql).mapTo(Long.class).findOne());
  }

  /**
   * Forgets the start of the log up to the first event that is young enough. The newest event
   * always stays, so that {@link #last} never falls back.
   *
   * @return how many events were forgotten
   */
  public int purge(Handle tx, Instant before) {
    return tx.execute(
        """
        DELETE FROM event_log WHERE seq < COALESCE(
          (SELECT seq FROM event_log WHERE written_at >= ? ORDER BY seq LIMIT 1),
          (SELECT MAX(seq) FROM event_log))
        """,
        before.toEpochMilli());
  }
}
