package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Links that wait for their users, and the walks through consent pages begun from them. */
public final class LinkStore {
  private final Database database;

  public LinkStore(Database database) {
    this.database = database;
  }

  public void create(LinkRow link) {
    database.execute(tx -> create(tx, link));
  }

  public void create(Handle tx, LinkRow link) {
    tx.createUpdate(
            """
            INSERT INTO link (token_hash, vendor, user_id, return_url, options, created_at,
                expires_at, spent_at)
              VALUES (:token, :vendor, :user, :returnUrl, :options, :createdAt, :expiresAt,
                :spentAt)
            """)
        .bind("token", link.tokenHash())
        .bind("vendor", link.vendor().name())
        .bind("user", link.userId())
        .bind("returnUrl", link.returnUrl())
        .bind("options", JsonText.of(link.options()))
        .bind("createdAt", link.createdAt().toEpochMilli())
        .bind("expiresAt", link.expiresAt().toEpochMilli())
        .bind("spentAt", Columns.millis(link.spentAt()))
        .execute();
  }

  /** The link, be it spent or expired, until it is purged. */
  public Optional<LinkRow> find(String tokenHash) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM link WHERE token_hash = :token")
                .bind("token", tokenHash)
                .map(LinkStore::link)
                .findOne());
  }

  /** All of one person, as long as they are kept. */
  public List<LinkRow> of(String userId) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM link WHERE user_id = :user ORDER BY created_at")
                .bind("user", userId)
                .map(LinkStore::link)
                .list());
  }

  /** Forgets a person's links, and with them the walks begun from them. */
  public void forget(String userId) {
    database.execute(tx -> tx.execute("DELETE FROM link WHERE user_id = ?", userId));
  }

  private static LinkRow link(ResultSet row, StatementContext context) throws SQLException {
    return new LinkRow(
        row.getString("token_hash"),
        Columns.vendor(row),
        row.getString("user_id"),
        Columns.textOrNull(row, "return_url"),
        JsonText.map(row.getString("options")),
        Columns.time(row, "created_at"),
        Columns.time(row, "expires_at"),
        Columns.timeOrNull(row, "spent_at"));
  }

  /** Begins a walk; a link may have several at once, since link previews fetch it too. */
  public void startFlow(FlowRow flow) {
    database.execute(
        tx ->
            tx.createUpdate(
                    """
                    INSERT INTO link_flow (state_hash, token_hash, browser_hash, secrets,
                        created_at, expires_at)
                      VALUES (:state, :token, :browser, :secrets, :createdAt, :expiresAt)
                    """)
                .bind("state", flow.stateHash())
                .bind("token", flow.tokenHash())
                .bind("browser", flow.browserHash())
                .bind("secrets", flow.secrets().toArray())
                .bind("createdAt", flow.createdAt().toEpochMilli())
                .bind("expiresAt", flow.expiresAt().toEpochMilli())
                .execute());
  }

  /** Takes a walk out: of any number of callers at once, one gets it. Empty when it expired. */
  public Optional<FlowRow> consumeFlow(Handle tx, String stateHash, Instant now) {
    return tx.createQuery(
            "DELETE FROM link_flow WHERE state_hash = :state AND expires_at > :now RETURNING *")
        .bind("state", stateHash)
        .bind("now", now.toEpochMilli())
        .map(LinkStore::flow)
        .findOne();
  }

  /** Whether there is such a walk, be it too old or not. */
  public boolean isFlow(String stateHash) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT 1 FROM link_flow WHERE state_hash = :state")
                .bind("state", stateHash)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
  }

  private static FlowRow flow(ResultSet row, StatementContext context) throws SQLException {
    return new FlowRow(
        row.getString("state_hash"),
        row.getString("token_hash"),
        row.getString("browser_hash"),
        Columns.bytes(row, "secrets"),
        Columns.time(row, "created_at"),
        Columns.time(row, "expires_at"));
  }

  /**
   * Uses a link up.
   *
   * @return false when it is unknown, already spent, or expired
   */
  public boolean spend(Handle tx, String tokenHash, Instant now) {
    return tx.createUpdate(
                """
                UPDATE link SET spent_at = :now
                  WHERE token_hash = :token AND spent_at IS NULL AND expires_at > :now
                """)
            .bind("now", now.toEpochMilli())
            .bind("token", tokenHash)
            .execute()
        == 1;
  }

  /**
   * Forgets expired walks, and expired links that no walk needs any more.
   *
   * @return how many links were forgotten
   */
  public int purge(Instant now) {
    return database.write(
        tx -> {
          tx.execute("DELETE FROM link_flow WHERE expires_at <= ?", now.toEpochMilli());
          return tx.execute(
              """
              DELETE FROM link WHERE expires_at <= ?
                AND NOT EXISTS (SELECT 1 FROM link_flow f WHERE f.token_hash = link.token_hash)
              """,
              now.toEpochMilli());
        });
  }
}
