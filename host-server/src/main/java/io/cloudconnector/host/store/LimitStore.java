package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which calls were made when, so that no rolling window of a vendor's limit is exceeded, over
 * restarts and hosts too. Each step takes several items as easily as one and belongs to the
 * caller's transaction; those that write need {@link #lock} first.
 */
public final class LimitStore {
  private static final String LOAD =
      """
      SELECT 'USE', tag, used_at, permits FROM limit_use
        WHERE vendor = ? AND scope = ? AND used_at > ?
      UNION ALL
      SELECT 'HOLD', tag, held_until, SUM(permits) FROM limit_hold
        WHERE vendor = ? AND scope = ? AND held_until > ?
        GROUP BY tag, held_until
      UNION ALL
      SELECT 'STOP', '', stopped_until, 0 FROM limit_stop
        WHERE vendor = ? AND scope = ?
      """;

  private final Dialect dialect;

  public LimitStore(Database database) {
    this.dialect = database.dialect();
  }

  /** Holds everyone else who counts this vendor's calls until the transaction ends. */
  public void lock(Handle tx, VendorType vendor) {
    dialect.lock(tx, "limit " + vendor);
  }

  /** What counts in a scope after the given time, in no order. */
  public ScopeUses load(Handle tx, VendorType vendor, String scope, Instant since) {
    long from = since.toEpochMilli();
    String name = vendor.name();
    List<Counted> counted =
        DirectSql.query(
            tx,
            LOAD,
            new Object[] {name, scope, from, name, scope, from, name, scope},
            Counted::read);
    return new ScopeUses(
        counted.stream().filter(row -> !row.isStop()).map(row -> row.use(scope)).toList(),
        counted.stream().filter(Counted::isStop).map(Counted::at).findFirst());
  }

  public void hold(Handle tx, VendorType vendor, List<LimitHold> holds) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (LimitHold hold : holds) {
      long until = hold.until().toEpochMilli();
      for (String scope : hold.scopes()) {
        rows.add(
            new @Nullable Object[] {
              hold.id(), scope, vendor.name(), hold.tag(), (long) hold.permits(), until
            });
      }
    }
    DirectSql.batch(
        tx,
        """
        INSERT INTO limit_hold (id, scope, vendor, tag, permits, held_until)
          VALUES (?, ?, ?, ?, ?, ?)
        """,
        rows);
  }

  /** Takes permits out of holds, by id; forgets a hold of which none is left. */
  public void release(Handle tx, Map<Long, Integer> permits) {
    List<@Nullable Object[]> fewer = new ArrayList<>();
    List<@Nullable Object[]> none = new ArrayList<>();
    permits.forEach(
        (id, number) -> {
          fewer.add(new @Nullable Object[] {number.longValue(), id});
          none.add(new @Nullable Object[] {id});
        });
    DirectSql.batch(tx, "UPDATE limit_hold SET permits = permits - ? WHERE id = ?", fewer);
    DirectSql.batch(tx, "DELETE FROM limit_hold WHERE id = ? AND permits <= 0", none);
  }

  private record UseKey(String scope, long at, String tag) {
    static UseKey of(LimitUse use) {
      return new UseKey(use.scope(), use.at().toEpochMilli(), use.tag());
    }
  }

  /** Counts calls, on top of what counts at the same moments already. */
  public void add(Handle tx, VendorType vendor, Collection<LimitUse> uses) {
    // One statement must not meet the same row twice.
    Map<UseKey, Integer> sums = new LinkedHashMap<>();
    uses.forEach(use -> sums.merge(UseKey.of(use), use.permits(), Integer::sum));
    List<@Nullable Object[]> rows = new ArrayList<>();
    sums.forEach(
        (use, permits) ->
            rows.add(
                new @Nullable Object[] {
                  vendor.name(), use.scope(), use.at(), use.tag(), permits.longValue()
                }));
    DirectSql.batch(
        tx,
        """
        INSERT INTO limit_use (vendor, scope, used_at, tag, permits) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (vendor, scope, used_at, tag)
          DO UPDATE SET permits = limit_use.permits + excluded.permits
        """,
        rows);
  }

  /** Forgets the answered calls of a scope from after one time up to another. */
  public void remove(Handle tx, VendorType vendor, String scope, Instant after, Instant upTo) {
    tx.createUpdate(
            """
            DELETE FROM limit_use WHERE vendor = :vendor AND scope = :scope
              AND used_at > :after AND used_at <= :upTo
            """)
        .bind("vendor", vendor.name())
        .bind("scope", scope)
        .bind("after", after.toEpochMilli())
        .bind("upTo", upTo.toEpochMilli())
        .execute();
  }

  /** Has the holds of a scope that end after one time, and not after another, end earlier. */
  public void endHolds(
      Handle tx, VendorType vendor, String scope, Instant after, Instant upTo, Instant end) {
    tx.createUpdate(
            """
            UPDATE limit_hold SET held_until = :end WHERE vendor = :vendor AND scope = :scope
              AND held_until > :after AND held_until <= :upTo
            """)
        .bind("vendor", vendor.name())
        .bind("scope", scope)
        .bind("after", after.toEpochMilli())
        .bind("upTo", upTo.toEpochMilli())
        .bind("end", end.toEpochMilli())
        .execute();
  }

  /**
   * What an earlier run of this host left on its way has ended with it, where there can be no other
   * host; elsewhere it ends by itself.
   */
  public void endHoldsOfTheDead(Handle tx, VendorType vendor, Instant now) {
    if (dialect == Dialect.SQLITE) {
      tx.execute(
          "UPDATE limit_hold SET held_until = ? WHERE vendor = ? AND held_until > ?",
          now.toEpochMilli(),
          vendor.name(),
          now.toEpochMilli());
    }
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

  /** Brings stops nearer that were told by a clock which has been set back by so much since. */
  public void moveForward(Handle tx, Duration by, Instant now) {
    tx.execute(
        "UPDATE limit_stop SET stopped_until = stopped_until - ? WHERE stopped_until > ?",
        by.toMillis(),
        now.plus(by).toEpochMilli());
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

  /**
   * Forgets uses, and holds and stops that ended, before the time given for their vendor; how many
   * uses.
   *
   * @param others the time for every other vendor: it may run on another host, or here again after
   *     a restart
   */
  public int purge(Handle tx, Map<VendorType, Instant> before, Instant others) {
    Instant latest = before.values().stream().reduce(others, (a, b) -> a.isAfter(b) ? a : b);
    List<Object> values = new ArrayList<>(List.of(latest.toEpochMilli()));
    // No vendor has that name; a CASE needs at least one.
    StringBuilder time = new StringBuilder("CASE vendor WHEN '' THEN 0");
    before.forEach(
        (vendor, limit) -> {
          time.append(" WHEN ? THEN ?");
          values.addAll(List.of(vendor.name(), limit.toEpochMilli()));
        });
    values.add(others.toEpochMilli());
    time.append(" ELSE ? END");
    // The first condition is for the index by age; on SQLite one on the vendor would hide it.
    String delete = "DELETE FROM %1$s WHERE %2$s < ? AND %2$s < " + time;
    DirectSql.update(tx, delete.formatted("limit_stop", "stopped_until"), values.toArray());
    DirectSql.update(tx, delete.formatted("limit_hold", "held_until"), values.toArray());
    return DirectSql.update(tx, delete.formatted("limit_use", "used_at"), values.toArray());
  }

  /** A row of what was loaded. */
  private record Counted(String kind, String tag, Instant at, int permits) {
    static Counted read(ResultSet row) throws SQLException {
      return new Counted(
          row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)), row.getInt(4));
    }

    boolean isStop() {
      return kind.equals("STOP");
    }

    LimitUse use(String scope) {
      return new LimitUse(scope, tag, permits, at, kind.equals("HOLD"));
    }
  }
}
