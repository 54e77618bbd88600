package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Links that vendors called dead, and vendors who called too many so. */
public final class DeathStore {
  private final Database database;

  public DeathStore(Database database) {
    this.database = database;
  }

  /**
   * Judges the deaths of a vendor one after another, over all hosts, until the transaction ends.
   */
  public void oneByOne(Handle tx, VendorType vendor) {
    database.dialect().lock(tx, "deaths of " + vendor);
  }

  /** Notes that the vendor calls a grant dead; returns when it first did so. */
  public Instant died(Handle tx, VendorType vendor, String userId, long generation, Instant now) {
    return tx.createQuery(
            """
            INSERT INTO refresh (vendor, user_id, generation, held_until, failures, not_before, dead_at)
              VALUES (:vendor, :user, :generation, 0, 0, 0, :now)
              ON CONFLICT (vendor, user_id) DO UPDATE SET
                dead_at = COALESCE(refresh.dead_at, excluded.dead_at)
              RETURNING dead_at
            """)
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("generation", generation)
        .bind("now", now.toEpochMilli())
        .map((row, context) -> Columns.time(row, "dead_at"))
        .one();
  }

  /** Notes that this was believed: answers and holds are gone, the time of death stays. */
  public void buried(Handle tx, VendorType vendor, String userId, Instant now) {
    tx.execute(
        """
        UPDATE refresh SET buried_at = ?, holder = NULL, held_until = 0, asked_at = NULL,
            replies = NULL
          WHERE vendor = ? AND user_id = ?
        """,
        now.toEpochMilli(),
        vendor.name(),
        userId);
  }

  /** How many links a vendor has called dead since then. */
  public int deadSince(Handle tx, VendorType vendor, Instant since) {
    return count(
        tx, "SELECT count(*) FROM refresh WHERE vendor = ? AND dead_at > ?", vendor, since);
  }

  /** How many links a vendor would have, had it called none dead since then. */
  public int linksBut(Handle tx, VendorType vendor, Instant since) {
    return count(
        tx,
        """
        SELECT count(*) FROM connection c
          LEFT JOIN refresh r ON r.vendor = c.vendor AND r.user_id = c.user_id
          WHERE c.vendor = ? AND (c.status = 'ACTIVE'
            OR c.status = 'REAUTHORIZATION_REQUIRED' AND r.dead_at > ?)
        """,
        vendor,
        since);
  }

  /** When a vendor last gave tokens for any link; long ago where it never has. */
  public Instant lastGiven(Handle tx, VendorType vendor) {
    return tx.createQuery(
            """
            SELECT COALESCE(MAX(CASE WHEN refreshed_at > linked_at THEN refreshed_at
                ELSE linked_at END), 0) AS given_at
              FROM connection WHERE vendor = ?
            """)
        .bind(0, vendor.name())
        .map((row, context) -> Columns.time(row, "given_at"))
        .one();
  }

  private static int count(Handle tx, String sql, VendorType vendor, Instant since) {
    return tx.createQuery(sql)
        .bind(0, vendor.name())
        .bind(1, since.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /** Takes back what was believed of those who died since then; returns whose links they are. */
  public List<String> reviveSince(Handle tx, VendorType vendor, Instant since) {
    return tx.createQuery(
            """
            UPDATE connection SET status = 'ACTIVE'
              WHERE vendor = :vendor AND status = 'REAUTHORIZATION_REQUIRED' AND user_id IN (
                SELECT r.user_id FROM refresh r WHERE r.vendor = :vendor AND r.dead_at > :since)
              RETURNING user_id
            """)
        .bind("vendor", vendor.name())
        .bind("since", since.toEpochMilli())
        .mapTo(String.class)
        .list();
  }

  public Optional<RefreshStop> stopped(Handle handle, VendorType vendor) {
    return handle
        .createQuery("SELECT * FROM refresh_stop WHERE vendor = :vendor")
        .bind("vendor", vendor.name())
        .map(DeathStore::stop)
        .findOne();
  }

  public Optional<RefreshStop> stopped(VendorType vendor) {
    return database.read(handle -> stopped(handle, vendor));
  }

  private static RefreshStop stop(ResultSet row, StatementContext context) throws SQLException {
    return new RefreshStop(
        Columns.time(row, "stopped_at"),
        row.getString("why"),
        Columns.time(row, "trial_at"),
        row.getInt("trials"));
  }

  /** Stops the refreshes of a vendor; false when they were stopped already. */
  public boolean stop(Handle tx, VendorType vendor, String why, Instant now, Instant trialAt) {
    return tx.execute(
            """
            INSERT INTO refresh_stop (vendor, stopped_at, why, trial_at, trials)
              VALUES (?, ?, ?, ?, 0) ON CONFLICT (vendor) DO NOTHING
            """,
            vendor.name(),
            now.toEpochMilli(),
            Columns.remark(why),
            trialAt.toEpochMilli())
        == 1;
  }

  /**
   * Takes the trial that is due, and sets the time of the next; false when another has taken it.
   */
  public boolean takeTrial(Handle tx, VendorType vendor, RefreshStop seen, Instant next) {
    return tx.execute(
            """
            UPDATE refresh_stop SET trial_at = ?, trials = trials + 1
              WHERE vendor = ? AND trials = ?
            """,
            next.toEpochMilli(),
            vendor.name(),
            seen.trials())
        == 1;
  }

  /**
   * Lets the refreshes of a vendor go on; false when they were not stopped. Those that were called
   * dead meanwhile are asked about anew.
   *
   * @param believed whether those are dead when they are called so once more, however many; then
   *     what failed otherwise is tried at once too, for somebody has seen to it
   */
  public boolean resume(Handle tx, VendorType vendor, boolean believed) {
    boolean resumed = tx.execute("DELETE FROM refresh_stop WHERE vendor = ?", vendor.name()) == 1;
    if (resumed) {
      tx.execute(
          """
          UPDATE refresh SET dead_at = %s, buried_at = NULL, not_before = 0
            WHERE vendor = ? %s AND EXISTS (
              SELECT 1 FROM connection c WHERE c.vendor = refresh.vendor
                AND c.user_id = refresh.user_id AND c.status = 'ACTIVE')
          """
              .formatted(
                  believed ? "CASE WHEN dead_at IS NULL THEN NULL ELSE 0 END" : "NULL",
                  believed ? "" : "AND dead_at IS NOT NULL"),
          vendor.name());
    }
    return resumed;
  }
}
