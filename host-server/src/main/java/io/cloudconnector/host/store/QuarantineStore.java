package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Genuine webhook requests that nobody could read, kept whole until an operator decides. */
public final class QuarantineStore {
  /** Listed whole, large bodies could fill the heap. */
  private static final int PAGE_BYTES = 4 * 1024 * 1024;

  private final Database database;

  public QuarantineStore(Database database) {
    this.database = database;
  }

  /** Returns the id by which the request is named from now on. */
  public long add(Handle tx, NewQuarantine request) {
    return tx.createQuery(
            """
            INSERT INTO quarantine (vendor, received_at, method, url, headers, body, why)
              VALUES (:vendor, :receivedAt, :method, :url, :headers, :body, :why)
              RETURNING id
            """)
        .bind("vendor", request.vendor().name())
        .bind("receivedAt", request.receivedAt().toEpochMilli())
        .bind("method", request.method())
        .bind("url", request.url())
        .bind("headers", JsonText.of(request.headers()))
        .bind("body", request.body().toArray())
        .bind("why", Columns.remark(request.why()))
        .mapTo(Long.class)
        .one();
  }

  /** What follows an id, the oldest first; fewer than asked for where their bodies are large. */
  public List<Quarantine> list(QuarantineKind kind, long after, int limit) {
    Conditions conditions = kind.conditions();
    return database.read(
        handle ->
            conditions
                .bind(handle.createQuery(page(conditions)))
                .bind("after", after)
                .bind("limit", limit)
                .bind("bytes", PAGE_BYTES)
                .map(QuarantineStore::row)
                .list());
  }

  private static String page(Conditions conditions) {
    return """
        WITH page (id, total) AS (
          SELECT id, SUM(length(body)) OVER (ORDER BY id) FROM (
            SELECT id, body FROM quarantine WHERE id > :after%s ORDER BY id LIMIT :limit) AS first)
        SELECT q.* FROM quarantine q JOIN page ON page.id = q.id
          WHERE page.total <= :bytes OR page.id = (SELECT MIN(id) FROM page)
          ORDER BY q.id
        """
        .formatted(conditions.sql());
  }

  /** The highest id that is there; 0 where nothing is. */
  public long newest() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT COALESCE(MAX(id), 0) FROM quarantine")
                .mapTo(Long.class)
                .one());
  }

  /** When the oldest that is there came. */
  public Optional<Instant> oldest() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT received_at FROM quarantine ORDER BY id LIMIT 1")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  public Optional<Quarantine> find(long id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM quarantine WHERE id = :id")
                .bind("id", id)
                .map(QuarantineStore::row)
                .findOne());
  }

  private static Quarantine row(ResultSet row, StatementContext context) throws SQLException {
    NewQuarantine request =
        new NewQuarantine(
            Columns.vendor(row),
            Columns.time(row, "received_at"),
            row.getString("method"),
            row.getString("url"),
            JsonText.lists(row.getString("headers")),
            Columns.bytes(row, "body"),
            row.getString("why"));
    return new Quarantine(row.getLong("id"), request);
  }

  /** Returns false when there is none of that id; of two callers at once one gets true. */
  public boolean remove(Handle tx, long id) {
    return tx.execute("DELETE FROM quarantine WHERE id = ?", id) == 1;
  }

  public long count() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM quarantine").mapTo(Long.class).one());
  }
}
