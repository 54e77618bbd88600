package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Who is linked to which vendor. A row stays when its link ends, so that the generation only ever
 * grows and what was begun under an older grant is recognised. It goes with its person; what then
 * stays is the highest generation of all that went.
 */
public final class ConnectionStore {
  private static final String SELECT =
      """
      SELECT c.*, a.account_id FROM connection c
        LEFT JOIN connection_account a ON a.vendor = c.vendor AND a.user_id = c.user_id
      """;
  private static final String ONE = " WHERE c.vendor = ? AND c.user_id = ?";
  private static final String HOLD = "SELECT 1 FROM connection c" + ONE;

  private final Database database;
  private final RefreshStore refreshes;

  public ConnectionStore(Database database) {
    this.database = database;
    this.refreshes = new RefreshStore(database);
  }

  /**
   * The generation that {@link #link} will give in this same transaction; credentials are sealed
   * for it. Until the transaction ends nobody else links this user to this vendor.
   */
  public long nextGeneration(Handle tx, VendorType vendor, String userId) {
    database.dialect().lock(tx, "connection " + vendor + " " + userId);
    return tx.createQuery(
                """
                SELECT COALESCE((SELECT generation FROM connection
                    WHERE vendor = :vendor AND user_id = :user), generation)
                  FROM connection_floor
                """)
            .bind("vendor", vendor.name())
            .bind("user", userId)
            .mapTo(Long.class)
            .one()
        + 1;
  }

  /**
   * Stores a new grant, in place of an older one of this user if there is one.
   *
   * @throws IllegalStateException when the generation is not the next
   */
  public StoredConnection link(Handle tx, NewConnection connection) {
    long next = nextGeneration(tx, connection.vendor(), connection.userId());
    if (connection.generation() != next) {
      throw new IllegalStateException(
          "generation %d of a %s connection is not the next, %d: ask nextGeneration in the same transaction"
              .formatted(connection.generation(), connection.vendor(), next));
    }
    tx.createUpdate(
            """
            INSERT INTO connection (vendor, user_id, generation, status, scopes, credentials,
                credentials_version, linked_at, last_pull_at, access_until, refresh_until, refresh_at)
              VALUES (:vendor, :user, :generation, 'ACTIVE', :scopes, :credentials, 1, :linkedAt,
                :lastPullAt, :accessUntil, :refreshUntil, :refreshAt)
              ON CONFLICT (vendor, user_id) DO UPDATE SET
                generation = excluded.generation, status = 'ACTIVE', scopes = excluded.scopes,
                credentials = excluded.credentials,
                credentials_version = connection.credentials_version + 1,
                linked_at = excluded.linked_at, last_pull_at = excluded.last_pull_at,
                access_until = excluded.access_until, refresh_until = excluded.refresh_until,
                refresh_at = excluded.refresh_at
            """)
        .bind("vendor", connection.vendor().name())
        .bind("user", connection.userId())
        .bind("generation", connection.generation())
        .bind("scopes", JsonText.of(connection.scopes()))
        .bind("credentials", connection.credentials().toArray())
        .bind("linkedAt", Columns.millis(connection.linkedAt()))
        .bind("lastPullAt", Columns.millis(lastPullAt(tx, connection)))
        .bind("accessUntil", Columns.millis(connection.accessUntil()))
        .bind("refreshUntil", Columns.millis(connection.refreshUntil()))
        .bind(
            "refreshAt",
            Columns.millis(
                RefreshTime.of(
                    connection.linkedAt(), connection.accessUntil(), connection.refreshUntil())))
        .execute();
    // What was asked about an older grant says nothing about this one.
    refreshes.forget(tx, connection.vendor(), connection.userId());
    replaceAccounts(tx, connection);
    return find(tx, connection.vendor(), connection.userId()).orElseThrow();
  }

  /** Of the same account there is no need to fetch again what was fetched; of another there is. */
  private @Nullable Instant lastPullAt(Handle tx, NewConnection connection) {
    return find(tx, connection.vendor(), connection.userId())
        .filter(old -> !Collections.disjoint(old.accountIds(), connection.accountIds()))
        .map(StoredConnection::lastPullAt)
        .orElse(null);
  }

  private static void replaceAccounts(Handle tx, NewConnection connection) {
    tx.createUpdate("DELETE FROM connection_account WHERE vendor = :vendor AND user_id = :user")
        .bind("vendor", connection.vendor().name())
        .bind("user", connection.userId())
        .execute();
    PreparedBatch batch =
        tx.prepareBatch(
            "INSERT INTO connection_account (vendor, user_id, account_id) VALUES (?, ?, ?)");
    connection
        .accountIds()
        .forEach(account -> batch.add(connection.vendor().name(), connection.userId(), account));
    batch.execute();
  }

  public Optional<StoredConnection> find(VendorType vendor, String userId) {
    return database.read(handle -> one(handle, SELECT + ONE, vendor, userId));
  }

  /** The same inside a transaction, during which nobody else changes this connection. */
  public Optional<StoredConnection> find(Handle tx, VendorType vendor, String userId) {
    // Apart: of a row that was waited for, a join would bring the accounts from before the wait.
    var _ =
        DirectSql.query(
            tx, HOLD + database.dialect().forUpdate("c"), key(vendor, userId), row -> true);
    return one(tx, SELECT + ONE, vendor, userId);
  }

  private static Optional<StoredConnection> one(
      Handle handle, String sql, VendorType vendor, String userId) {
    return DirectSql.query(handle, sql, key(vendor, userId), ConnectionStore::row).stream()
        .reduce(ConnectionStore::join);
  }

  private static Object[] key(VendorType vendor, String userId) {
    return new Object[] {vendor.name(), userId};
  }

  /** All connections, revoked ones too, or those of one user, one vendor, or both. */
  public List<StoredConnection> list(Optional<String> userId, Optional<VendorType> vendor) {
    String sql =
        SELECT
            + """
            WHERE (:vendor IS NULL OR c.vendor = :vendor) AND (:user IS NULL OR c.user_id = :user)
            ORDER BY c.vendor, c.user_id
            """;
    String vendorName = vendor.map(VendorType::name).orElse(null);
    Map<List<String>, StoredConnection> found = new LinkedHashMap<>();
    database
        .read(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("vendor", vendorName)
                    .bind("user", userId.orElse(null))
                    .map((row, context) -> row(row))
                    .list())
        .forEach(
            row ->
                found.merge(
                    List.of(row.vendor().name(), row.userId()), row, ConnectionStore::join));
    return List.copyOf(found.values());
  }

  /** One row per account id comes from the database. */
  private static StoredConnection row(ResultSet row) throws SQLException {
    String account = Columns.textOrNull(row, "account_id");
    return new StoredConnection(
        Columns.vendor(row),
        row.getString("user_id"),
        row.getLong("generation"),
        ConnectionStatus.valueOf(row.getString("status")),
        account == null ? Set.of() : Set.of(account),
        JsonText.set(row.getString("scopes")),
        Columns.bytesOrNull(row, "credentials"),
        row.getLong("credentials_version"),
        Columns.time(row, "linked_at"),
        Columns.timeOrNull(row, "last_pull_at"),
        Columns.timeOrNull(row, "access_until"),
        Columns.timeOrNull(row, "refresh_until"));
  }

  private static StoredConnection join(StoredConnection one, StoredConnection other) {
    Set<String> accounts = new HashSet<>(one.accountIds());
    accounts.addAll(other.accountIds());
    return new StoredConnection(
        one.vendor(),
        one.userId(),
        one.generation(),
        one.status(),
        accounts,
        one.scopes(),
        one.credentials(),
        one.credentialsVersion(),
        one.linkedAt(),
        one.lastPullAt(),
        one.accessUntil(),
        one.refreshUntil());
  }

  /** Whose connections, revoked ones apart, belong to a vendor's account; in stable order. */
  public List<String> usersOf(Handle tx, VendorType vendor, String accountId) {
    return tx.createQuery(
            """
            SELECT a.user_id FROM connection_account a
              JOIN connection c ON c.vendor = a.vendor AND c.user_id = a.user_id
              WHERE a.vendor = :vendor AND a.account_id = :account AND c.status <> 'REVOKED'
              ORDER BY a.user_id
            """)
        .bind("vendor", vendor.name())
        .bind("account", accountId)
        .mapTo(String.class)
        .list();
  }

  /**
   * Whether somebody else is linked to one of a connection's accounts. Whoever else asks about them
   * waits until the transaction ends: two who end at the same time would each count on the other.
   */
  public boolean isShared(Handle tx, StoredConnection connection) {
    List<String> accounts = connection.accountIds().stream().sorted().toList();
    accounts.forEach(
        account -> database.dialect().lock(tx, "account " + connection.vendor() + " " + account));
    return accounts.stream()
        .flatMap(account -> usersOf(tx, connection.vendor(), account).stream())
        .anyMatch(user -> !user.equals(connection.userId()));
  }

  /**
   * Stores renewed credentials. Whoever has them is linked, also where the vendor had called an
   * older pair of the same grant dead.
   *
   * @param granted what they allow; null when that stays as it was
   * @return false, with nothing changed, when the connection has meanwhile been linked anew, saved
   *     by someone else, or revoked
   */
  public boolean saveCredentials(
      Handle tx,
      VendorType vendor,
      String userId,
      long generation,
      long expectedVersion,
      Bytes sealed,
      @Nullable Instant accessUntil,
      @Nullable Instant refreshUntil,
      @Nullable Set<String> granted,
      Instant now) {
    return tx.createUpdate(
                """
                UPDATE connection SET credentials = :credentials,
                    credentials_version = credentials_version + 1, status = 'ACTIVE',
                    access_until = :accessUntil, refresh_until = :refreshUntil,
                    refresh_at = :refreshAt, refreshed_at = :now,
                    scopes = COALESCE(:scopes, scopes)
                  WHERE vendor = :vendor AND user_id = :user AND generation = :generation
                    AND credentials_version = :version AND status <> 'REVOKED'
                """)
            .bind("credentials", sealed.toArray())
            .bind("accessUntil", Columns.millis(accessUntil))
            .bind("refreshUntil", Columns.millis(refreshUntil))
            .bind("refreshAt", Columns.millis(RefreshTime.of(now, accessUntil, refreshUntil)))
            .bind("now", now.toEpochMilli())
            .bind("vendor", vendor.name())
            .bind("user", userId)
            .bind("generation", generation)
            .bind("scopes", granted == null ? null : JsonText.of(granted))
            .bind("version", expectedVersion)
            .execute()
        == 1;
  }

  /**
   * Notes that the vendor declared this generation's grant dead.
   *
   * @param version of the credentials that the vendor was asked with
   * @return false when it was not active, is of another generation, or was saved anew meanwhile
   */
  public boolean requireReauthorization(
      Handle tx, VendorType vendor, String userId, long generation, long version) {
    return tx.createUpdate(
                """
                UPDATE connection SET status = 'REAUTHORIZATION_REQUIRED'
                  WHERE vendor = :vendor AND user_id = :user AND generation = :generation
                    AND status = 'ACTIVE' AND credentials_version = :version
                """)
            .bind("vendor", vendor.name())
            .bind("user", userId)
            .bind("generation", generation)
            .bind("version", version)
            .execute()
        == 1;
  }

  /**
   * Ends a connection and erases its credentials here; who still needs them to revoke the grant
   * hands them to the {@link RevocationStore} in the same transaction.
   *
   * @return false when there was none, or it had ended before
   */
  public boolean revoke(Handle tx, VendorType vendor, String userId) {
    return tx.createUpdate(
                """
                UPDATE connection SET status = 'REVOKED', credentials = NULL,
                    credentials_version = credentials_version + 1
                  WHERE vendor = :vendor AND user_id = :user AND status <> 'REVOKED'
                """)
            .bind("vendor", vendor.name())
            .bind("user", userId)
            .execute()
        == 1;
  }

  /**
   * Forgets an ended connection with its accounts. Whoever links again begins above its generation,
   * so that what was begun under it still touches nothing newer.
   */
  public void forget(Handle tx, StoredConnection ended) {
    database.dialect().lock(tx, "connection " + ended.vendor() + " " + ended.userId());
    int gone =
        tx.execute(
            """
            DELETE FROM connection
              WHERE vendor = ? AND user_id = ? AND generation = ? AND status = 'REVOKED'
            """,
            ended.vendor().name(),
            ended.userId(),
            ended.generation());
    if (gone == 1) {
      tx.execute(
          "UPDATE connection_floor SET generation = ? WHERE generation < ?",
          ended.generation(),
          ended.generation());
    }
  }

  /**
   * Whether a connection is still linked by this grant. During the transaction nobody changes that.
   */
  public boolean isUnder(Handle tx, VendorType vendor, String userId, long generation) {
    String sql =
        HOLD
            + " AND c.generation = ? AND c.status <> 'REVOKED'"
            + database.dialect().forUpdate("c");
    Object[] values = {vendor.name(), userId, generation};
    return !DirectSql.query(tx, sql, values, row -> true).isEmpty();
  }

  /**
   * {@link #isUnder}, and if so notes when data was last fetched; an earlier time than the one
   * known changes nothing.
   */
  public boolean pulled(Handle tx, VendorType vendor, String userId, long generation, Instant at) {
    long time = at.toEpochMilli();
    return DirectSql.update(
            tx,
            """
            UPDATE connection
              SET last_pull_at = CASE WHEN last_pull_at > ? THEN last_pull_at ELSE ? END
              WHERE vendor = ? AND user_id = ? AND generation = ? AND status <> 'REVOKED'
            """,
            time,
            time,
            vendor.name(),
            userId,
            generation)
        == 1;
  }
}
