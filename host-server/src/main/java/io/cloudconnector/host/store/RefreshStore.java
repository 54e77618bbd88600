package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes under way, and those that brought no new tokens. A healthy grant has no row here. What
 * a holder writes is refused once another has taken over.
 */
public final class RefreshStore {
  private static final String OF = " WHERE vendor = :vendor AND user_id = :user";
  private static final String HELD = OF + " AND holder = :holder";

  private final Database database;

  public RefreshStore(Database database) {
    this.database = database;
  }

  public Optional<RefreshRow> find(Handle tx, VendorType vendor, String userId) {
    return tx.createQuery("SELECT * FROM refresh" + OF)
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .map(RefreshStore::row)
        .findOne();
  }

  private static RefreshRow row(ResultSet row, StatementContext context) throws SQLException {
    String doubt = Columns.textOrNull(row, "doubt");
    return new RefreshRow(
        row.getLong("generation"),
        Columns.textOrNull(row, "holder"),
        Columns.time(row, "held_until"),
        Columns.timeOrNull(row, "asked_at"),
        Columns.bytesOrNull(row, "replies"),
        doubt == null ? null : RefreshDoubt.valueOf(doubt),
        row.getInt("failures"),
        Columns.time(row, "not_before"),
        Columns.textOrNull(row, "last_error"),
        Columns.timeOrNull(row, "dead_at"));
  }

  /**
   * Takes the right to refresh a grant, from whomever has it: the caller has looked. Nobody else
   * takes it meanwhile as long as the caller holds the connection's row. A question of the last
   * holder's that was never answered becomes a doubt.
   */
  public void take(
      Handle tx, VendorType vendor, String userId, long generation, String holder, Instant until) {
    tx.createUpdate(
            """
            INSERT INTO refresh (vendor, user_id, generation, holder, held_until, failures, not_before)
              VALUES (:vendor, :user, :generation, :holder, :until, 0, 0)
              ON CONFLICT (vendor, user_id) DO UPDATE SET
                generation = excluded.generation, holder = excluded.holder,
                held_until = excluded.held_until,
                doubt = CASE WHEN refresh.asked_at IS NULL THEN refresh.doubt ELSE 'STOPPED' END,
                asked_at = NULL
            """)
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("generation", generation)
        .bind("holder", holder)
        .bind("until", until.toEpochMilli())
        .execute();
  }

  /**
   * Notes that the vendor is about to be asked. Whatever becomes of the holder, the connection is
   * looked at again.
   *
   * @return false, with nothing changed, when another holds it
   */
  public boolean asking(
      Handle tx, VendorType vendor, String userId, String holder, Instant now, Instant until) {
    boolean marked =
        tx.createUpdate("UPDATE refresh SET asked_at = :now, held_until = :until" + HELD)
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .bind("vendor", vendor.name())
                .bind("user", userId)
                .bind("holder", holder)
                .execute()
            == 1;
    if (marked) {
      wanted(tx, vendor, userId, now);
    }
    return marked;
  }

  /** Holds a grant longer; does nothing when another holds it. */
  public void hold(Handle tx, VendorType vendor, String userId, String holder, Instant until) {
    tx.createUpdate("UPDATE refresh SET held_until = :until" + HELD)
        .bind("until", until.toEpochMilli())
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("holder", holder)
        .execute();
  }

  /** Has a connection refreshed at the latest then, whether or not somebody needs it. */
  public void wanted(Handle tx, VendorType vendor, String userId, Instant at) {
    tx.createUpdate(
            "UPDATE connection SET refresh_at = :at"
                + OF
                + " AND (refresh_at IS NULL OR refresh_at > :at)")
        .bind("at", at.toEpochMilli())
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .execute();
  }

  /**
   * Puts off what is not needed yet: to a later time, or until somebody needs it.
   *
   * @return false when a refresh of it is open, or these credentials are not stored any more
   */
  public boolean putOff(VendorType vendor, String userId, long version, @Nullable Instant until) {
    return database.write(
            tx ->
                tx.createUpdate(
                        """
                        UPDATE connection SET refresh_at = :until
                          WHERE vendor = :vendor AND user_id = :user
                            AND credentials_version = :version AND NOT EXISTS (
                              SELECT 1 FROM refresh r
                                WHERE r.vendor = :vendor AND r.user_id = :user)
                        """)
                    .bind("until", Columns.millis(until))
                    .bind("vendor", vendor.name())
                    .bind("user", userId)
                    .bind("version", version)
                    .execute())
        == 1;
  }

  /** Keeps what the vendor answered, sealed; false when another holds the grant now. */
  public boolean answered(
      Handle tx, VendorType vendor, String userId, String holder, Bytes replies, Instant until) {
    return tx.createUpdate(
                "UPDATE refresh SET replies = :replies, asked_at = NULL, held_until = :until"
                    + HELD)
            .bind("replies", replies.toArray())
            .bind("until", until.toEpochMilli())
            .bind("vendor", vendor.name())
            .bind("user", userId)
            .bind("holder", holder)
            .execute()
        == 1;
  }

  /**
   * Ends an attempt without new tokens, and says when the next may be made.
   *
   * @param unread what of the answers is kept; null: nothing
   */
  public boolean later(
      Handle tx,
      VendorType vendor,
      String userId,
      String holder,
      int failures,
      Instant notBefore,
      String error,
      @Nullable RefreshDoubt doubt,
      @Nullable Bytes unread) {
    return tx.createUpdate(
                """
                UPDATE refresh SET holder = NULL, held_until = 0, asked_at = NULL, replies = :unread,
                    failures = :failures, not_before = :notBefore, last_error = :error,
                    doubt = :doubt
                """
                    + HELD)
            .bind("failures", failures)
            .bind("notBefore", notBefore.toEpochMilli())
            .bind("error", Columns.remark(error))
            .bind("doubt", doubt == null ? null : doubt.name())
            .bind("unread", Columns.array(unread))
            .bind("vendor", vendor.name())
            .bind("user", userId)
            .bind("holder", holder)
            .execute()
        == 1;
  }

  /** Lets go of a grant whose vendor was not asked. */
  public void release(Handle tx, VendorType vendor, String userId, String holder) {
    tx.createUpdate(
            "DELETE FROM refresh"
                + HELD
                + " AND failures = 0 AND doubt IS NULL AND dead_at IS NULL AND replies IS NULL")
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("holder", holder)
        .execute();
    tx.createUpdate("UPDATE refresh SET holder = NULL, held_until = 0, asked_at = NULL" + HELD)
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("holder", holder)
        .execute();
  }

  /** Forgets it, answers and all: there are new tokens, or the grant is no more. */
  public void forget(Handle tx, VendorType vendor, String userId) {
    tx.execute("DELETE FROM refresh WHERE vendor = ? AND user_id = ?", vendor.name(), userId);
  }

  /** The same by its holder: does nothing where another has taken over. */
  public void forget(Handle tx, VendorType vendor, String userId, String holder) {
    tx.createUpdate("DELETE FROM refresh" + HELD)
        .bind("vendor", vendor.name())
        .bind("user", userId)
        .bind("holder", holder)
        .execute();
  }

  /** Whether a refresh of this grant is under way. */
  public boolean isHeld(VendorType vendor, String userId, long generation, Instant now) {
    return database.read(handle -> find(handle, vendor, userId)).stream()
        .anyMatch(
            row ->
                row.generation() == generation
                    && row.holder() != null
                    && row.heldUntil().isAfter(now));
  }

  /** Forgets refreshes of ended connections that nobody has under way any more. */
  public void forgetEnded(Instant now) {
    database.execute(
        tx ->
            tx.execute(
                """
                DELETE FROM refresh WHERE held_until <= ? AND EXISTS (
                  SELECT 1 FROM connection c WHERE c.vendor = refresh.vendor
                    AND c.user_id = refresh.user_id AND c.status = 'REVOKED')
                """,
                now.toEpochMilli()));
  }

  /** Lets go of all holds: those who had them are gone. Answers that they stored stay. */
  public void releaseAll() {
    database.execute(tx -> tx.execute("UPDATE refresh SET holder = NULL, held_until = 0"));
  }

  /** Brings nearer what was meant for a time by a clock that has been set back by so much since. */
  public void moveForward(Handle tx, Duration by, Instant now) {
    long millis = by.toMillis();
    long after = now.toEpochMilli();
    tx.execute(
        "UPDATE refresh SET not_before = not_before - ? WHERE not_before > ?", millis, after);
    tx.execute(
        "UPDATE refresh SET held_until = held_until - ? WHERE held_until > ?", millis, after);
    tx.execute("UPDATE refresh SET dead_at = dead_at - ? WHERE dead_at > ?", millis, after);
    tx.execute("UPDATE refresh_stop SET trial_at = trial_at - ? WHERE trial_at > ?", millis, after);
  }

  /** Whose connections to a vendor are to be refreshed now and may be, longest due first. */
  public List<DueRefresh> due(VendorType vendor, Instant now, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT c.user_id, c.credentials_version FROM connection c
                      LEFT JOIN refresh r ON r.vendor = c.vendor AND r.user_id = c.user_id
                      LEFT JOIN refresh_stop s ON s.vendor = c.vendor
                      WHERE c.vendor = :vendor AND c.status = 'ACTIVE' AND c.refresh_at <= :now
                        AND (r.user_id IS NULL OR r.held_until <= :now
                          AND (r.not_before <= :now OR s.vendor IS NOT NULL))
                        AND (s.vendor IS NULL OR s.trial_at <= :now)
                      ORDER BY c.refresh_at, c.user_id LIMIT :limit
                    """)
                .bind("vendor", vendor.name())
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new DueRefresh(
                            row.getString("user_id"), row.getLong("credentials_version")))
                .list());
  }
}
