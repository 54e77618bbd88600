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
 * How the checks of webhook subscriptions at vendors stand, and who makes them. What a holder
 * writes is refused once another has taken over.
 */
public final class SubscriptionStore {
  private static final String HELD = " WHERE vendor = :vendor AND holder = :holder";

  private final Database database;

  public SubscriptionStore(Database database) {
    this.database = database;
  }

  public Optional<SubscriptionRow> find(VendorType vendor) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM subscription_check WHERE vendor = :vendor")
                .bind("vendor", vendor.name())
                .map(SubscriptionStore::row)
                .findOne());
  }

  /** The row of a vendor, made where there was none; nobody else changes it until the end. */
  public SubscriptionRow lock(Handle tx, VendorType vendor) {
    tx.createUpdate(
            """
            INSERT INTO subscription_check (vendor, held_until, due_at, fingerprint, state, failures)
              VALUES (:vendor, 0, 0, '', 'UNCHECKED', 0) ON CONFLICT (vendor) DO NOTHING
            """)
        .bind("vendor", vendor.name())
        .execute();
    return tx.createQuery(
            "SELECT * FROM subscription_check c WHERE vendor = :vendor"
                + database.dialect().forUpdate("c"))
        .bind("vendor", vendor.name())
        .map(SubscriptionStore::row)
        .one();
  }

  private static SubscriptionRow row(ResultSet row, StatementContext context) throws SQLException {
    return new SubscriptionRow(
        Columns.textOrNull(row, "holder"),
        Columns.time(row, "held_until"),
        Columns.time(row, "due_at"),
        row.getString("fingerprint"),
        SubscriptionState.valueOf(row.getString("state")),
        Columns.timeOrNull(row, "checked_at"),
        row.getInt("failures"),
        Columns.textOrNull(row, "last_error"),
        Columns.textOrNull(row, "steps"),
        Columns.textOrNull(row, "conflict"));
  }

  /** Takes the right to check a vendor, from whomever has it: the caller has locked and looked. */
  public void take(Handle tx, VendorType vendor, String holder, Instant now, Instant until) {
    tx.createUpdate(
            """
            UPDATE subscription_check SET holder = :holder, held_until = :until, due_at = :now
              WHERE vendor = :vendor
            """)
        .bind("holder", holder)
        .bind("until", until.toEpochMilli())
        .bind("now", now.toEpochMilli())
        .bind("vendor", vendor.name())
        .execute();
  }

  /** Holds a vendor longer; false when another has taken over. */
  public boolean hold(VendorType vendor, String holder, Instant until) {
    return database.write(
            tx ->
                tx.createUpdate("UPDATE subscription_check SET held_until = :until" + HELD)
                    .bind("until", until.toEpochMilli())
                    .bind("vendor", vendor.name())
                    .bind("holder", holder)
                    .execute())
        == 1;
  }

  /** Lets go of a vendor whose check was broken off: whoever comes next makes it. */
  public void release(VendorType vendor, String holder) {
    database.execute(
        tx ->
            tx.createUpdate(
                    "UPDATE subscription_check SET holder = NULL, held_until = 0, due_at = 0"
                        + HELD)
                .bind("vendor", vendor.name())
                .bind("holder", holder)
                .execute());
  }

  /** Lets go of all holds: those who had them are gone. */
  public void releaseAll() {
    database.execute(
        tx -> tx.execute("UPDATE subscription_check SET holder = NULL, held_until = 0"));
  }

  /** Has a vendor checked as soon as may be; a check that is under way is followed by another. */
  public void ask(Handle tx, VendorType vendor) {
    var _ = lock(tx, vendor);
    tx.execute("UPDATE subscription_check SET due_at = 0 WHERE vendor = ?", vendor.name());
  }

  /** Ends a check that the vendor answered; false, with nothing changed, by another than holds. */
  public boolean found(
      VendorType vendor,
      String holder,
      String fingerprint,
      SubscriptionFinding finding,
      Instant now,
      Instant next) {
    return database.write(
        tx -> {
          boolean ended =
              end(tx, vendor, holder, fingerprint, finding.state(), null, now, next) == 1;
          if (ended) {
            tell(tx, vendor, finding.steps(), finding.conflict());
            FoundSubscriptions.replace(tx, vendor, finding.subscriptions());
          }
          return ended;
        });
  }

  /** Ends a check that brought nothing: what the one before found stays. */
  public boolean failed(
      VendorType vendor,
      String holder,
      String fingerprint,
      String error,
      Instant now,
      Instant next) {
    return database.write(
            (Handle tx) ->
                end(
                    tx,
                    vendor,
                    holder,
                    fingerprint,
                    SubscriptionState.FAILED,
                    Columns.remark(error),
                    now,
                    next))
        == 1;
  }

  private static int end(
      Handle tx,
      VendorType vendor,
      String holder,
      String fingerprint,
      SubscriptionState state,
      @Nullable String error,
      Instant now,
      Instant next) {
    // Due at 0 is what somebody asked for meanwhile.
    return tx.createUpdate(
            """
            UPDATE subscription_check SET holder = NULL, held_until = 0, fingerprint = :fingerprint,
                state = :state, checked_at = :now, last_error = :error,
                failures = CASE WHEN :state = 'FAILED' THEN failures + 1 ELSE 0 END,
                due_at = CASE WHEN due_at = 0 THEN 0 ELSE :next END
            """
                + HELD)
        .bind("fingerprint", fingerprint)
        .bind("state", state.name())
        .bind("now", now.toEpochMilli())
        .bind("error", error)
        .bind("next", next.toEpochMilli())
        .bind("vendor", vendor.name())
        .bind("holder", holder)
        .execute();
  }

  private static void tell(
      Handle tx, VendorType vendor, @Nullable String steps, @Nullable String conflict) {
    tx.createUpdate(
            """
            UPDATE subscription_check SET steps = :steps, conflict = :conflict
              WHERE vendor = :vendor
            """)
        .bind("steps", steps == null ? null : Columns.remark(steps))
        .bind("conflict", conflict)
        .bind("vendor", vendor.name())
        .execute();
  }

  /** Notes that a vendor is not asked, and why; what was found before is forgotten. */
  public void notAsked(VendorType vendor, String steps) {
    database.execute(
        tx -> {
          var _ = lock(tx, vendor);
          tx.execute(
              """
              UPDATE subscription_check SET holder = NULL, held_until = 0, fingerprint = '',
                  state = 'NOT_ASKED', failures = 0, last_error = NULL
                WHERE vendor = ?
              """,
              vendor.name());
          tell(tx, vendor, steps, null);
          FoundSubscriptions.replace(tx, vendor, List.of());
        });
  }

  /** Takes it upon itself to tell of that; false when it was told within the pause. */
  public boolean tellLapse(VendorType vendor, Instant now, Duration pause) {
    return database.write(
            tx ->
                tx.createUpdate(
                        """
                        UPDATE subscription_check SET lapse_told_at = :now
                          WHERE vendor = :vendor AND (lapse_told_at IS NULL
                            OR lapse_told_at <= :since OR lapse_told_at > :now)
                        """)
                    .bind("now", now.toEpochMilli())
                    .bind("since", now.minus(pause).toEpochMilli())
                    .bind("vendor", vendor.name())
                    .execute())
        == 1;
  }
}
