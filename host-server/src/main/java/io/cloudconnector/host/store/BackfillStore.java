package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which backfills were begun. What they came to is known by their walks. */
public final class BackfillStore {
  private final Database database;

  public BackfillStore(Database database) {
    this.database = database;
  }

  public void add(Handle tx, BackfillRow backfill) {
    tx.execute(
        """
        INSERT INTO backfill (id, vendor, user_id, reason, span_from, span_to, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        backfill.id(),
        backfill.vendor().name(),
        backfill.userId(),
        backfill.reason(),
        backfill.from().toEpochMilli(),
        backfill.to().toEpochMilli(),
        backfill.createdAt().toEpochMilli());
  }

  public Optional<BackfillRow> find(VendorType vendor, String userId, String id) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM backfill WHERE id = :id AND vendor = :vendor AND user_id = :user")
                .bind("id", id)
                .bind("vendor", vendor.name())
                .bind("user", userId)
                .map(BackfillStore::row)
                .findOne());
  }

  /** Those of one connection, the newest first. */
  public List<BackfillRow> of(Handle handle, VendorType vendor, String userId, int limit) {
    return handle
        .createQuery(
            """
            SELECT * FROM backfill WHERE vendor = :vendor AND user_id = :user
              ORDER BY created_at DESC, id LIMIT :limit
            """)
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("limit", limit)
        .map(BackfillStore::row)
        .list();
  }

  private static BackfillRow row(ResultSet row, StatementContext context) throws SQLException {
    return new BackfillRow(
        row.getString("id"),
        Columns.vendor(row),
        row.getString("user_id"),
        row.getString("reason"),
        Columns.time(row, "span_from"),
        Columns.time(row, "span_to"),
        Columns.time(row, "created_at"));
  }

  /** Forgets those begun before a time that are over, and walks that are part of nothing. */
  public void purge(Handle tx, Instant before) {
    tx.execute(
        """
        DELETE FROM backfill WHERE created_at < ? AND NOT EXISTS (
          SELECT 1 FROM history_walk w JOIN inbox i ON i.id = w.row_id
            WHERE w.backfill_id = backfill.id AND w.done_at IS NULL)
        """,
        before.toEpochMilli());
    tx.execute(
        """
        DELETE FROM history_walk
          WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.id = history_walk.row_id)
            AND (backfill_id IS NULL
              OR NOT EXISTS (SELECT 1 FROM backfill b WHERE b.id = history_walk.backfill_id))
        """);
  }
}
