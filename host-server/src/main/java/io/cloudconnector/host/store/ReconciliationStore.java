package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Up to when each type of a connection was looked through, and when it is to be again. */
public final class ReconciliationStore {
  private final Database database;

  public ReconciliationStore(Database database) {
    this.database = database;
  }

  /**
   * A type of one connection that is to be looked through.
   *
   * @param since when the account was linked
   * @param doneTo up to when it was
   * @param rowId the row of the inbox that was to do it last; null before the first
   */
  public record Due(
      VendorType vendor,
      String userId,
      String resourceType,
      Instant since,
      Instant doneTo,
      Instant dueAt,
      @Nullable Long rowId) {}

  /** Has types looked through since the account was linked, for the first time when it is due. */
  public void enrol(
      Handle tx,
      VendorType vendor,
      String userId,
      Collection<String> types,
      Instant since,
      Instant due) {
    DirectSql.batch(
        tx,
        """
        INSERT INTO reconciliation (vendor, user_id, resource_type, since, done_to, due_at,
            missed)
          VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING
        """,
        types.stream()
            .sorted()
            .map(
                type ->
                    new @Nullable Object[] {
                      vendor.name(),
                      userId,
                      type,
                      since.toEpochMilli(),
                      since.toEpochMilli(),
                      due.toEpochMilli()
                    })
            .toList());
  }

  /** A linked person. */
  public record Unenrolled(String userId, Instant linkedAt) {}

  /** Active connections of a vendor that are not looked through for one of its types yet. */
  public List<Unenrolled> unenrolled(VendorType vendor, String type, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.user_id, c.linked_at FROM connection c
                      WHERE c.vendor = :vendor AND c.status = 'ACTIVE' AND NOT EXISTS (
                        SELECT 1 FROM reconciliation r WHERE r.vendor = c.vendor
                          AND r.user_id = c.user_id AND r.resource_type = :type)
                      ORDER BY c.user_id LIMIT :limit
                    """)
                .bind("vendor", vendor.name())
                .bind("type", type)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Unenrolled(row.getString("user_id"), Columns.time(row, "linked_at")))
                .list());
  }

  /**
   * What is due at a vendor, the longest due first.
   *
   * @param latest nothing is put off for longer: what is due later was dated by a clock that has
   *     been put back since
   */
  public List<Due> due(VendorType vendor, Instant now, Instant latest, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM reconciliation WHERE vendor = :vendor
                      AND (due_at <= :now OR due_at > :latest)
                      ORDER BY due_at, user_id, resource_type LIMIT :limit
                    """)
                .bind("vendor", vendor.name())
                .bind("now", now.toEpochMilli())
                .bind("latest", latest.toEpochMilli())
                .bind("limit", limit)
                .map(ReconciliationStore::due)
                .list());
  }

  private static Due due(ResultSet row, StatementContext context) throws SQLException {
    long rowId = row.getLong("row_id");
    boolean none = row.wasNull();
    return new Due(
        Columns.vendor(row),
        row.getString("user_id"),
        row.getString("resource_type"),
        Columns.time(row, "since"),
        Columns.time(row, "done_to"),
        Columns.time(row, "due_at"),
        none ? null : rowId);
  }

  /** Takes what is due; false when another host has. */
  public boolean claim(Handle tx, Due due, Instant next) {
    return tx.execute(
            """
            UPDATE reconciliation SET due_at = ?
              WHERE vendor = ? AND user_id = ? AND resource_type = ? AND due_at = ?
            """,
            next.toEpochMilli(),
            due.vendor().name(),
            due.userId(),
            due.resourceType(),
            due.dueAt().toEpochMilli())
        == 1;
  }

  /** Nobody is there any more whose type it would be. */
  public void remove(Handle tx, Due due) {
    tx.execute(
        "DELETE FROM reconciliation WHERE vendor = ? AND user_id = ? AND resource_type = ?",
        due.vendor().name(),
        due.userId(),
        due.resourceType());
  }

  /** A row of the inbox does it. */
  public void begun(Handle tx, Due due, long rowId) {
    tx.execute(
        """
        UPDATE reconciliation SET row_id = ? WHERE vendor = ? AND user_id = ? AND resource_type = ?
        """,
        rowId,
        due.vendor().name(),
        due.userId(),
        due.resourceType());
  }

  /** A page brought what webhooks had not. */
  public void found(Handle tx, HistoryWalk walk, long missed, Instant now) {
    tx.execute(
        """
        UPDATE reconciliation SET found_at = ?, missed = missed + ?
          WHERE vendor = ? AND user_id = ? AND resource_type = ?
        """,
        now.toEpochMilli(),
        missed,
        walk.vendor().name(),
        walk.userId(),
        walk.resourceType());
  }

  /** It was looked through to its end. */
  public void reached(Handle tx, HistoryWalk walk) {
    tx.execute(
        """
        UPDATE reconciliation SET done_to = ?
          WHERE vendor = ? AND user_id = ? AND resource_type = ? AND row_id = ?
        """,
        walk.to().toEpochMilli(),
        walk.vendor().name(),
        walk.userId(),
        walk.resourceType(),
        walk.rowId());
  }
}
