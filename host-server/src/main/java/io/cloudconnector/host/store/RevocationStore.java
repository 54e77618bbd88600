package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Grants still to be revoked at their vendors. Each keeps its sealed credentials until done. */
public final class RevocationStore {
  private final Database database;

  public RevocationStore(Database database) {
    this.database = database;
  }

  /** Returns the id of the new work. */
  public long add(Handle tx, NewRevocation revocation) {
    return tx.createQuery(
            """
            INSERT INTO revocation (vendor, user_id, generation, account_ids, scopes, credentials,
                due_at, give_up_at, attempts)
              VALUES (:vendor, :user, :generation, :accounts, :scopes, :credentials, :dueAt,
                :giveUpAt, 0)
              RETURNING id
            """)
        .bind("vendor", revocation.vendor().name())
        .bind("user", revocation.userId())
        .bind("generation", revocation.generation())
        .bind("accounts", JsonText.of(revocation.accountIds()))
        .bind("scopes", JsonText.of(revocation.scopes()))
        .bind("credentials", revocation.credentials().toArray())
        .bind("dueAt", revocation.dueAt().toEpochMilli())
        .bind("giveUpAt", revocation.giveUpAt().toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  /** What is due, the longest due first. */
  public List<Revocation> due(Instant now, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM revocation WHERE due_at <= :now ORDER BY due_at, id LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map(RevocationStore::row)
                .list());
  }

  /** All of one person. */
  public List<Revocation> of(String userId) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM revocation WHERE user_id = :user ORDER BY id")
                .bind("user", userId)
                .map(RevocationStore::row)
                .list());
  }

  private static Revocation row(ResultSet row, StatementContext context) throws SQLException {
    NewRevocation work =
        new NewRevocation(
            Columns.vendor(row),
            row.getString("user_id"),
            row.getLong("generation"),
            JsonText.set(row.getString("account_ids")),
            JsonText.set(row.getString("scopes")),
            Columns.bytes(row, "credentials"),
            Columns.time(row, "due_at"),
            Columns.time(row, "give_up_at"));
    return new Revocation(
        row.getLong("id"), work, row.getInt("attempts"), Columns.textOrNull(row, "last_error"));
  }

  /** Counts a failed attempt and puts the work off. */
  public void retry(long id, Instant dueAt, String error) {
    database.execute(
        tx ->
            tx.createUpdate(
                    """
                    UPDATE revocation SET due_at = :dueAt, attempts = attempts + 1,
                        last_error = :error
                      WHERE id = :id
                    """)
                .bind("dueAt", dueAt.toEpochMilli())
                .bind("error", Columns.remark(error))
                .bind("id", id)
                .execute());
  }

  /** Stores the pair of a refresh that the revocation needed: the older one may be void now. */
  public void replaceCredentials(long id, Bytes sealed) {
    database.execute(
        tx ->
            tx.createUpdate("UPDATE revocation SET credentials = :credentials WHERE id = :id")
                .bind("credentials", sealed.toArray())
                .bind("id", id)
                .execute());
  }

  /**
   * The same for a refresh that was on its way when its connection ended; it need not be waited for
   * any more.
   *
   * @return false when no such grant is to be revoked
   */
  public boolean replaceCredentials(
      Handle tx, VendorType vendor, String userId, long generation, Bytes sealed, Instant now) {
    return tx.execute(
            """
            UPDATE revocation SET credentials = ?, due_at = ?
              WHERE vendor = ? AND user_id = ? AND generation = ?
            """,
            sealed.toArray(),
            now.toEpochMilli(),
            vendor.name(),
            userId,
            generation)
        > 0;
  }

  /**
   * Takes work that is due, so that no other host begins it too; should this one die, it is due
   * again at that time.
   *
   * @return the work as it is now; empty when another has taken it
   */
  public Optional<Revocation> take(Revocation due, Instant again) {
    return database.write(
        tx ->
            tx.createQuery(
                    "UPDATE revocation SET due_at = :again WHERE id = :id AND due_at = :due RETURNING *")
                .bind("again", again.toEpochMilli())
                .bind("id", due.id())
                .bind("due", due.work().dueAt().toEpochMilli())
                .map(RevocationStore::row)
                .findOne());
  }

  /** Forgets the work and erases its credentials: it is done, or given up. */
  public void done(Handle tx, long id) {
    tx.execute("DELETE FROM revocation WHERE id = ?", id);
  }
}
