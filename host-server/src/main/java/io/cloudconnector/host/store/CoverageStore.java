package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Of each connection and type, what webhooks brought last, and what they missed. */
public final class CoverageStore {
  private static final Comparator<Seen> ONE_ORDER =
      Comparator.comparing((Seen seen) -> seen.vendor().name())
          .thenComparing(Seen::userId)
          .thenComparing(Seen::resourceType);

  private final Database database;

  public CoverageStore(Database database) {
    this.database = database;
  }

  /** A webhook brought something of a type. */
  public record Seen(VendorType vendor, String userId, String resourceType, Instant at) {}

  /**
   * A type of one connection as it is shown.
   *
   * @param webhookAt when a webhook last brought something; null: never
   * @param foundAt when something was last found that webhooks had missed; null: never
   * @param missed how much was found so
   * @param doneTo up to when it was looked through; null: it is not
   */
  public record Row(
      String resourceType,
      @Nullable Instant webhookAt,
      @Nullable Instant foundAt,
      long missed,
      @Nullable Instant doneTo) {}

  /** Notes what webhooks brought. */
  public void seen(Handle tx, Collection<Seen> all) {
    Map<Seen, Instant> newest = new TreeMap<>(ONE_ORDER);
    all.forEach(one -> newest.merge(one, one.at(), (a, b) -> a.isAfter(b) ? a : b));
    DirectSql.batch(
        tx,
        """
        INSERT INTO webhook_seen (vendor, user_id, resource_type, seen_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (vendor, user_id, resource_type) DO UPDATE SET seen_at = excluded.seen_at
          WHERE webhook_seen.seen_at < excluded.seen_at
        """,
        newest.entrySet().stream().map(CoverageStore::values).toList());
  }

  private static @Nullable Object[] values(Map.Entry<Seen, Instant> one) {
    Seen seen = one.getKey();
    return new @Nullable Object[] {
      seen.vendor().name(), seen.userId(), seen.resourceType(), one.getValue().toEpochMilli()
    };
  }

  /** All that is known of one connection, by type. */
  public List<Row> of(VendorType vendor, String userId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT t.resource_type, s.seen_at, r.found_at, r.missed, r.done_to FROM (
                        SELECT resource_type FROM webhook_seen
                          WHERE vendor = :vendor AND user_id = :user
                        UNION SELECT resource_type FROM reconciliation
                          WHERE vendor = :vendor AND user_id = :user) AS t
                      LEFT JOIN webhook_seen s ON s.vendor = :vendor AND s.user_id = :user
                        AND s.resource_type = t.resource_type
                      LEFT JOIN reconciliation r ON r.vendor = :vendor AND r.user_id = :user
                        AND r.resource_type = t.resource_type
                      ORDER BY t.resource_type
                    """)
                .bind("vendor", vendor.name())
                .bind("user", userId)
                .map(
                    (row, context) ->
                        new Row(
                            row.getString("resource_type"),
                            Columns.timeOrNull(row, "seen_at"),
                            Columns.timeOrNull(row, "found_at"),
                            row.getLong("missed"),
                            Columns.timeOrNull(row, "done_to")))
                .list());
  }

  void forget(Handle tx, VendorType vendor, String userId) {
    tx.execute("DELETE FROM webhook_seen WHERE vendor = ? AND user_id = ?", vendor.name(), userId);
    tx.execute(
        "DELETE FROM reconciliation WHERE vendor = ? AND user_id = ?", vendor.name(), userId);
  }
}
