package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Who did what. Written in the transaction of the deed, so that there is none without the other.
 */
public final class AuditLog {
  /** So many entries are changed in one transaction; longer ones would keep webhooks waiting. */
  private static final int BATCH = 500;

  private final Database database;
  private final InstantSource clock;

  public AuditLog(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Adds an entry. Until the transaction ends nobody else adds one, so that readers who go on after
   * an id miss none; this comes late in it, only an append to the event log comes later.
   */
  public void add(Handle tx, Deed deed) {
    database.dialect().lock(tx, "audit");
    VendorType vendor = deed.vendor();
    tx.createUpdate(
            """
            INSERT INTO audit (happened_at, actor, key_name, action, vendor, user_id, detail)
              VALUES (:at, :actor, :key, :action, :vendor, :user, :detail)
            """)
        .bind("at", clock.instant().toEpochMilli())
        .bind("actor", deed.by().kind().name())
        .bind("key", deed.by().key())
        .bind("action", deed.action().word())
        .bind("vendor", vendor == null ? null : vendor.name())
        .bind("user", deed.userId())
        .bind("detail", JsonText.of(deed.detail()))
        .execute();
  }

  /** What follows an id, the oldest first; of all, or of one person, one vendor, or both. */
  public List<AuditEntry> list(
      Optional<String> userId, Optional<VendorType> vendor, long after, int limit) {
    Conditions conditions =
        new Conditions().equal("user_id", userId).equal("vendor", vendor.map(VendorType::name));
    String sql =
        "SELECT * FROM audit WHERE id > :after" + conditions.sql() + " ORDER BY id LIMIT :limit";
    return database.read(
        handle ->
            conditions
                .bind(handle.createQuery(sql))
                .bind("after", after)
                .bind("limit", limit)
                .map(AuditLog::row)
                .list());
  }

  /** All entries about a person, the oldest first. */
  public void each(String userId, Consumer<AuditEntry> reader) {
    List<AuditEntry> page = list(Optional.of(userId), Optional.empty(), 0, BATCH);
    while (!page.isEmpty()) {
      page.forEach(reader);
      page = list(Optional.of(userId), Optional.empty(), page.getLast().id(), BATCH);
    }
  }

  private static AuditEntry row(ResultSet row, StatementContext context) throws SQLException {
    String vendor = row.getString("vendor");
    Deed deed =
        new Deed(
            new Actor(Actor.Kind.valueOf(row.getString("actor")), row.getString("key_name")),
            Action.of(row.getString("action")),
            vendor == null ? null : new VendorType(vendor),
            row.getString("user_id"),
            JsonText.map(row.getString("detail")));
    return new AuditEntry(row.getLong("id"), Columns.time(row, "happened_at"), deed);
  }

  /**
   * Takes a person out of entries but those of a deletion; what was done stays, when, and by whom.
   */
  public void forget(String userId) {
    repeat(
        "UPDATE audit SET user_id = NULL, detail = '{}' WHERE id IN (%s)",
        "user_id = ? AND action <> '" + Action.USER_DELETED.word() + "'", userId);
  }

  /** Forgets entries from before a time. */
  public void purge(Instant before) {
    repeat("DELETE FROM audit WHERE id IN (%s)", "happened_at < ?", before.toEpochMilli());
  }

  private void repeat(String change, String condition, Object value) {
    String sql =
        change.formatted("SELECT id FROM audit WHERE %s LIMIT %d".formatted(condition, BATCH));
    while (database.write((Handle tx) -> tx.execute(sql, value)) == BATCH) {
      // Again: a full batch means that there may be more.
    }
  }
}
