package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rows of the inbox that go through a person's history. */
public final class PageRows {
  private final Database database;
  private final InboxLines lines;

  public PageRows(Database database) {
    this.database = database;
    this.lines = new InboxLines(database.dialect());
  }

  /** Adds one; returns its id. */
  public long add(Handle tx, InboxEntry entry) {
    tx.afterCommit(database.inboxSignal()::raise);
    InboxLine line = InboxLine.of(entry);
    long id =
        DirectSql.query(
                tx,
                InboxIntake.INSERT + " RETURNING id",
                InboxIntake.row(line, entry, null, null),
                row -> row.getLong(1))
            .getFirst();
    lines.look(tx, Map.of(line, entry.receivedAt()));
    return id;
  }

  /**
   * One has brought a page and may have more to do, at once.
   *
   * @return false when it does not wait any more
   */
  public boolean goOn(Handle tx, long id, Instant now) {
    return tx.execute(
            """
            UPDATE inbox SET due_at = ?, attempts = 0, first_tried_at = NULL, last_error = NULL
              WHERE id = ? AND state = 'WAITING'
            """,
            now.toEpochMilli(),
            id)
        == 1;
  }

  /** In which state one is; empty when it is over. */
  public Optional<InboxState> state(Handle tx, long id) {
    return tx.createQuery("SELECT state FROM inbox WHERE id = :id AND kind = 'PAGE'")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(InboxState::valueOf);
  }

  /** The documents of a type of which live work that waits will bring the newest. */
  public Set<String> awaited(Handle tx, VendorType vendor, String userId, String type) {
    return Set.copyOf(
        tx.createQuery(
                """
                SELECT DISTINCT resource_id FROM inbox
                  WHERE state = 'WAITING' AND line = :line AND lane = 'live'
                    AND resource_type = :type AND resource_id IS NOT NULL
                """)
            .bind("line", InboxRows.userLine(vendor, userId))
            .bind("type", type)
            .mapTo(String.class)
            .list());
  }
}
