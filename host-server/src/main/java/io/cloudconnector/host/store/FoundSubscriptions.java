package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The webhook subscriptions that vendors were found to have. */
public final class FoundSubscriptions {
  private final Database database;

  public FoundSubscriptions(Database database) {
    this.database = database;
  }

  /** What the last check that the vendor answered found, in the connector's order. */
  public List<StoredSubscription> list(VendorType vendor) {
    return database.read(handle -> list(handle, vendor));
  }

  private static List<StoredSubscription> list(Handle handle, VendorType vendor) {
    return handle
        .createQuery("SELECT * FROM subscription WHERE vendor = :vendor ORDER BY position")
        .bind("vendor", vendor.name())
        .map(FoundSubscriptions::subscription)
        .list();
  }

  private static StoredSubscription subscription(ResultSet row, StatementContext context)
      throws SQLException {
    return new StoredSubscription(
        row.getInt("ours") == 1,
        row.getString("resource_type"),
        Columns.textOrNull(row, "event"),
        Columns.textOrNull(row, "vendor_id"),
        row.getString("callback_url"),
        Columns.timeOrNull(row, "expires_at"),
        Columns.time(row, "first_seen_at"));
  }

  /**
   * Of ours, those that end within a day although they had longer when they were first seen. What
   * lives for a few hours only does so when half its life is over.
   */
  public List<StoredSubscription> lapsing(VendorType vendor, Instant now) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM subscription
                      WHERE vendor = :vendor AND ours = 1 AND expires_at - :now <= :day
                        AND (expires_at - :now) * 2 <= expires_at - first_seen_at
                      ORDER BY expires_at, position
                    """)
                .bind("vendor", vendor.name())
                .bind("now", now.toEpochMilli())
                .bind("day", Duration.ofDays(1).toMillis())
                .map(FoundSubscriptions::subscription)
                .list());
  }

  public SubscriptionCounts counts(VendorType vendor) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT COALESCE(SUM(ours), 0) AS ours, COALESCE(SUM(1 - ours), 0) AS elsewhere,
                        MIN(CASE WHEN ours = 1 THEN expires_at END) AS first_end
                      FROM subscription WHERE vendor = :vendor
                    """)
                .bind("vendor", vendor.name())
                .map(
                    (row, context) ->
                        new SubscriptionCounts(
                            row.getInt("ours"),
                            row.getInt("elsewhere"),
                            Optional.ofNullable(Columns.timeOrNull(row, "first_end"))))
                .one());
  }

  /** Puts what was found in the place of what was there. */
  static void replace(Handle tx, VendorType vendor, List<StoredSubscription> found) {
    List<StoredSubscription> before = list(tx, vendor);
    tx.execute("DELETE FROM subscription WHERE vendor = ?", vendor.name());
    if (found.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        tx.prepareBatch(
            """
            INSERT INTO subscription (vendor, position, ours, resource_type, event, vendor_id,
                callback_url, expires_at, first_seen_at)
              VALUES (:vendor, :position, :ours, :type, :event, :id, :url, :expires, :seen)
            """);
    for (int i = 0; i < found.size(); i++) {
      add(batch, vendor, i, remembered(found.get(i), before));
    }
    batch.execute();
  }

  private static StoredSubscription remembered(
      StoredSubscription one, List<StoredSubscription> before) {
    StoredSubscription known = one;
    for (StoredSubscription other : before) {
      known = known.seenWith(other);
    }
    return known;
  }

  private static void add(
      PreparedBatch batch, VendorType vendor, int position, StoredSubscription one) {
    batch
        .bind("vendor", vendor.name())
        .bind("position", position)
        .bind("ours", one.ours() ? 1 : 0)
        .bind("type", one.resourceType())
        .bind("event", one.event())
        .bind("id", one.id())
        .bind("url", one.callbackUrl())
        .bind("expires", Columns.millis(one.expiresAt()))
        .bind("seen", one.firstSeenAt().toEpochMilli())
        .add();
  }
}
