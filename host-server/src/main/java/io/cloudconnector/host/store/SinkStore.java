package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * How far a sink is, and which host sends to it. A claim runs out, so that another host takes over
 * from one that died; on a database that one host has to itself it is there for the taking.
 */
public final class SinkStore {
  /** A claim that ends later than this many leases was made by a clock that was wrong. */
  private static final int BEYOND_BELIEF = 10;

  private final Database database;
  private final String name;

  public SinkStore(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  /** How a wish to send again ended. */
  public enum Rewind {
    DONE,
    /** The log does not go on from there. */
    EXPIRED,
    /** The sink has not come so far: events would be skipped. */
    AHEAD
  }

  /** The sink; a new one begins with the oldest event that is kept. */
  public SinkRow register(Instant now) {
    return database.write(
        tx -> {
          tx.execute(
              """
              INSERT INTO sink (name, generation, position, reached, open_events, state, since,
                  held_until)
                SELECT ?, 1, purged_to, purged_to, '', 'DELIVERING', ?, 0 FROM event_log_mark
                WHERE true ON CONFLICT (name) DO NOTHING
              """,
              name,
              now.toEpochMilli());
          return find(tx).orElseThrow();
        });
  }

  public Optional<SinkRow> find() {
    return database.read(this::find);
  }

  private Optional<SinkRow> find(Handle handle) {
    return handle
        .createQuery("SELECT * FROM sink WHERE name = :name")
        .bind("name", name)
        .map(SinkStore::row)
        .findOne();
  }

  private static SinkRow row(ResultSet row, StatementContext context) throws SQLException {
    return new SinkRow(
        row.getLong("generation"),
        new SinkProgress(
            row.getLong("reached"),
            OpenEvent.list(row.getString("open_events")),
            SinkState.valueOf(row.getString("state")),
            Optional.ofNullable(row.getString("why")),
            Columns.time(row, "since")));
  }

  /** Takes or keeps the right to send; false while another host has it. */
  public boolean claim(String holder, Instant now, Duration lease) {
    long time = now.toEpochMilli();
    boolean shared = database.dialect().isShared();
    return database.write(
            tx ->
                tx.execute(
                    """
                    UPDATE sink SET holder = ?, held_until = ? WHERE name = ?
                      AND (? OR holder IS NULL OR holder = ? OR held_until <= ? OR held_until > ?)
                    """,
                    holder,
                    now.plus(lease).toEpochMilli(),
                    name,
                    !shared,
                    holder,
                    time,
                    now.plus(lease.multipliedBy(BEYOND_BELIEF)).toEpochMilli()))
        == 1;
  }

  /** Lets another host send at once. */
  public void release(String holder) {
    database.execute(
        tx ->
            tx.execute(
                "UPDATE sink SET holder = NULL, held_until = 0 WHERE name = ? AND holder = ?",
                name,
                holder));
  }

  /** False, with nothing stored, when another host sends now or somebody has moved the sink. */
  public boolean save(String holder, long generation, SinkProgress progress) {
    return database.write(
            tx ->
                tx.execute(
                    """
                    UPDATE sink SET position = ?, reached = ?, open_events = ?, state = ?, why = ?,
                        since = ?
                      WHERE name = ? AND holder = ? AND generation = ?
                    """,
                    progress.position(),
                    progress.reached(),
                    OpenEvent.text(progress.open()),
                    progress.state().name(),
                    progress.why().map(Columns::remark).orElse(null),
                    progress.since().toEpochMilli(),
                    name,
                    holder,
                    generation))
        == 1;
  }

  /** Goes back, so that everything after a number is sent again. */
  public Rewind rewind(Handle tx, long after) {
    // The purge holds the mark too: what is to be sent again must not go meanwhile.
    long purgedTo =
        tx.createQuery(
                "SELECT purged_to FROM event_log_mark"
                    + database.dialect().forUpdate("event_log_mark"))
            .mapTo(Long.class)
            .one();
    if (after < purgedTo) {
      return Rewind.EXPIRED;
    }
    int moved =
        tx.execute(
            """
            UPDATE sink SET position = ?, reached = ?, open_events = '',
              generation = generation + 1 WHERE name = ? AND position >= ?
            """,
            after,
            after,
            name,
            after);
    if (moved == 0) {
      return Rewind.AHEAD;
    }
    tx.execute("DELETE FROM sink_parked WHERE sink = ? AND seq > ?", name, after);
    return Rewind.DONE;
  }

  /** False when it was not parked. */
  public boolean resume(Handle tx, Instant now) {
    return tx.execute(
            """
            UPDATE sink SET state = 'DELIVERING', why = NULL, since = ?,
              generation = generation + 1 WHERE name = ? AND state = 'PARKED'
            """,
            now.toEpochMilli(),
            name)
        == 1;
  }

  /** Goes on behind what was forgotten while nobody sent; false when nothing was missed. */
  public boolean skipPurged() {
    return database.write(
            tx ->
                tx.execute(
                    """
                    UPDATE sink SET open_events = '', generation = generation + 1,
                        position = (SELECT purged_to FROM event_log_mark),
                        reached = (SELECT purged_to FROM event_log_mark)
                      WHERE name = ? AND position < (SELECT purged_to FROM event_log_mark)
                    """,
                    name))
        == 1;
  }
}
