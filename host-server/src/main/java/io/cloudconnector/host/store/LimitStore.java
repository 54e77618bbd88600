package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Which calls were made when, so that no rolling window of a vendor's limit is exceeded, over
 * restarts and hosts too. A scope is {@code app} or {@code user:ID}; a tag is the class of a call
 * ("" for none), and where a tag is asked for, null means all of them.
 */
public final class LimitStore {
  private static final String IN_WINDOW =
      """
       FROM limit_use WHERE vendor = :vendor AND scope = :scope AND used_at > :since
         AND (:tag IS NULL OR tag = :tag)
      """;

  private final Dialect dialect;

  public LimitStore(Database database) {
    this.dialect = database.dialect();
  }

  /** Holds everyone else who counts this vendor's calls until the transaction ends. */
  public void lock(Handle tx, VendorType vendor) {
    dialect.lock(tx, "limit " + vendor);
  }

  /** Permits used after the given time. */
  public long used(
      Handle tx, VendorType vendor, String scope, @Nullable String tag, Instant since) {
    return window(tx, "SELECT COALESCE(SUM(permits), 0)" + IN_WINDOW, vendor, scope, tag, since)
        .mapTo(Long.class)
        .one();
  }

  /**
   * The time of that use with which the uses after {@code since}, the oldest first, add up to a
   * number of permits: as many are free again once the window has passed from there. Empty when
   * there are fewer in all.
   */
  public Optional<Instant> usedUpTo(
      Handle tx,
      VendorType vendor,
      String scope,
      @Nullable String tag,
      Instant since,
      long permits) {
    String sql =
        "SELECT used_at FROM (SELECT id, used_at, SUM(permits) OVER (ORDER BY used_at, id) AS total"
            + IN_WINDOW
            + ") AS uses WHERE total >= :permits ORDER BY used_at, id LIMIT 1";
    return window(tx, sql, vendor, scope, tag, since)
        .bind("permits", permits)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  private static Query window(
      Handle tx, String sql, VendorType vendor, String scope, @Nullable String tag, Instant since) {
    return tx.createQuery(sql)
        .bind("vendor", vendor.name())
        .bind("scope", scope)
        .bind("tag", tag)
        .bind("since", since.toEpochMilli());
  }

  /** Notes a use, and returns the id by which it is moved or given back. */
  public long record(
      Handle tx, VendorType vendor, String scope, String tag, int permits, Instant at) {
    return tx.createQuery(
            """
            INSERT INTO limit_use (vendor, scope, tag, permits, used_at)
              VALUES (:vendor, :scope, :tag, :permits, :at) RETURNING id
            """)
        .bind("vendor", vendor.name())
        .bind("scope", scope)
        .bind("tag", tag)
        .bind("permits", permits)
        .bind("at", at.toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  /** A permit counts from when its response arrived: the vendor may have counted that late. */
  public void move(Handle tx, long id, Instant at) {
    tx.execute("UPDATE limit_use SET used_at = ? WHERE id = ?", at.toEpochMilli(), id);
  }

  /** Takes back permits that were reserved and not needed; forgets a use of which none is left. */
  public void giveBack(Handle tx, long id, int permits) {
    tx.execute("UPDATE limit_use SET permits = permits - ? WHERE id = ?", permits, id);
    tx.execute("DELETE FROM limit_use WHERE id = ? AND permits <= 0", id);
  }

  /** Notes that the vendor wants no calls before a time; an earlier one than known is ignored. */
  public void stop(Handle tx, VendorType vendor, String scope, Instant until) {
    tx.createUpdate(
            """
            INSERT INTO limit_stop (vendor, scope, stopped_until) VALUES (:vendor, :scope, :until)
              ON CONFLICT (vendor, scope) DO UPDATE SET stopped_until = excluded.stopped_until
              WHERE limit_stop.stopped_until < excluded.stopped_until
            """)
        .bind("vendor", vendor.name())
        .bind("scope", scope)
        .bind("until", until.toEpochMilli())
        .execute();
  }

  /** Until when the vendor wants no calls; may be past. */
  public Optional<Instant> stopUntil(Handle tx, VendorType vendor, String scope) {
    return tx.createQuery(
            "SELECT stopped_until FROM limit_stop WHERE vendor = :vendor AND scope = :scope")
        .bind("vendor", vendor.name())
        .bind("scope", scope)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /** Forgets uses and stops before a time; returns how many uses. */
  public int purge(Handle tx, Instant before) {
    tx.execute("DELETE FROM limit_stop WHERE stopped_until < ?", before.toEpochMilli());
    return tx.execute("DELETE FROM limit_use WHERE used_at < ?", before.toEpochMilli());
  }
}
