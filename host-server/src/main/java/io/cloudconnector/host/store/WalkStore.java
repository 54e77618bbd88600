package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** How far each walk through a person's history is. */
public final class WalkStore {
  private static final String STATUS =
      """
      SELECT w.*, i.state, i.last_error FROM history_walk w LEFT JOIN inbox i ON i.id = w.row_id
      """;

  private final Database database;

  public WalkStore(Database database) {
    this.database = database;
  }

  public void add(Handle tx, HistoryWalk walk) {
    tx.createUpdate(
            """
            INSERT INTO history_walk (row_id, backfill_id, vendor, user_id, resource_type,
                span_from, span_to, slice_from, slice_to, page_cursor, slice_pages, pages,
                documents, emitted, unchanged)
              VALUES (:row, :backfill, :vendor, :user, :type, :from, :to, :sliceFrom, :sliceTo,
                :cursor, :slicePages, 0, 0, 0, 0)
            """)
        .bind("row", walk.rowId())
        .bind("backfill", walk.backfillId())
        .bind("vendor", walk.vendor().name())
        .bind("user", walk.userId())
        .bind("type", walk.resourceType())
        .bind("from", walk.from().toEpochMilli())
        .bind("to", walk.to().toEpochMilli())
        .bind("sliceFrom", walk.place().from().toEpochMilli())
        .bind("sliceTo", walk.place().to().toEpochMilli())
        .bind("cursor", walk.place().cursor())
        .bind("slicePages", walk.place().pages())
        .execute();
  }

  /** The walk that a row of the inbox does, as long as it is not done. */
  public Optional<HistoryWalk> find(long rowId) {
    return database.read(handle -> find(handle, rowId, ""));
  }

  /** The same in a transaction, during which nobody else moves it on. */
  public Optional<HistoryWalk> hold(Handle tx, long rowId) {
    return find(tx, rowId, database.dialect().forUpdate("w"));
  }

  private static Optional<HistoryWalk> find(Handle handle, long rowId, String lock) {
    return handle
        .createQuery(
            "SELECT w.* FROM history_walk w WHERE row_id = :row AND done_at IS NULL" + lock)
        .bind("row", rowId)
        .map(WalkStore::row)
        .findOne();
  }

  static HistoryWalk row(ResultSet row, StatementContext context) throws SQLException {
    return new HistoryWalk(
        row.getLong("row_id"),
        Columns.textOrNull(row, "backfill_id"),
        Columns.vendor(row),
        row.getString("user_id"),
        row.getString("resource_type"),
        Columns.time(row, "span_from"),
        Columns.time(row, "span_to"),
        new HistoryPlace(
            Columns.time(row, "slice_from"),
            Columns.time(row, "slice_to"),
            Columns.textOrNull(row, "page_cursor"),
            row.getLong("slice_pages")),
        new HistoryCounts(
            row.getLong("pages"),
            row.getLong("documents"),
            row.getLong("emitted"),
            row.getLong("unchanged")));
  }

  /** A page was had: the next is that of a place. */
  public void advance(Handle tx, long rowId, HistoryPlace next, HistoryCounts counts) {
    count(tx, rowId, counts);
    tx.execute(
        """
        UPDATE history_walk SET slice_from = ?, slice_to = ?, page_cursor = ?, slice_pages = ?
          WHERE row_id = ?
        """,
        next.from().toEpochMilli(),
        next.to().toEpochMilli(),
        next.cursor(),
        next.pages(),
        rowId);
  }

  /** The last page was had. */
  public void finish(Handle tx, long rowId, HistoryCounts counts, Instant now) {
    count(tx, rowId, counts);
    tx.execute("UPDATE history_walk SET done_at = ? WHERE row_id = ?", now.toEpochMilli(), rowId);
  }

  private static void count(Handle tx, long rowId, HistoryCounts counts) {
    tx.execute(
        """
        UPDATE history_walk SET pages = ?, documents = ?, emitted = ?, unchanged = ?
          WHERE row_id = ?
        """,
        counts.pages(),
        counts.documents(),
        counts.emitted(),
        counts.unchanged(),
        rowId);
  }

  /** It was given up: whoever replays it asks for its slice from the start. */
  public void restartSlice(Handle tx, long rowId) {
    tx.execute(
        "UPDATE history_walk SET page_cursor = NULL, slice_pages = 0 WHERE row_id = ?", rowId);
  }

  public void remove(Handle tx, long rowId) {
    tx.execute("DELETE FROM history_walk WHERE row_id = ?", rowId);
  }

  /**
   * Whether a backfill has still to go through this type and span: then webhooks had nothing to
   * tell. One that was given up will not.
   */
  public boolean isBackfilling(Handle tx, HistoryWalk walk) {
    return tx.createQuery(
            """
            SELECT EXISTS (SELECT 1 FROM history_walk w JOIN inbox i ON i.id = w.row_id
              WHERE w.vendor = :vendor AND w.user_id = :user AND w.resource_type = :type
                AND w.backfill_id IS NOT NULL AND w.done_at IS NULL AND w.span_to > :from
                AND i.state = 'WAITING')
            """)
        .bind("vendor", walk.vendor().name())
        .bind("user", walk.userId())
        .bind("type", walk.resourceType())
        .bind("from", walk.from().toEpochMilli())
        .mapTo(Boolean.class)
        .one();
  }

  /** All walks of a backfill, by type. */
  public List<WalkStatus> of(Handle handle, String backfillId) {
    return handle
        .createQuery(STATUS + " WHERE w.backfill_id = :id ORDER BY w.resource_type")
        .bind("id", backfillId)
        .map(WalkStore::status)
        .list();
  }

  private static WalkStatus status(ResultSet row, StatementContext context) throws SQLException {
    HistoryWalk walk = row(row, context);
    Instant doneAt = Columns.timeOrNull(row, "done_at");
    String inbox = Columns.textOrNull(row, "state");
    return new WalkStatus(
        walk,
        doneAt != null ? WalkState.DONE : state(inbox, walk),
        Columns.textOrNull(row, "last_error"),
        doneAt);
  }

  private static WalkState state(@Nullable String inbox, HistoryWalk walk) {
    if (inbox == null) {
      return WalkState.ENDED;
    }
    if (InboxState.valueOf(inbox) == InboxState.DEAD) {
      return WalkState.FAILED;
    }
    return walk.counts().pages() == 0 ? WalkState.WAITING : WalkState.RUNNING;
  }
}
