package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The accepted changes of one person, be they waiting or given up. Reads the whole inbox once,
 * since an index by person would cost every change.
 */
public final class PersonalInbox {
  private static final String MAPPED = "user_id = :whose";
  private static final String ARRIVED = "state = 'ARRIVED' AND line = :whose";
  private static final String UNMAPPED = "state = 'WAITING' AND user_id IS NULL AND line = :whose";

  /** With their bodies in memory. */
  private static final int READ_AT_ONCE = 10;

  private static final int ERASED_AT_ONCE = 500;

  private final Database database;
  private final InboxLines lines;

  public PersonalInbox(Database database) {
    this.database = database;
    this.lines = new InboxLines(database.dialect());
  }

  private record Gone(InboxLine line, long webhook) {}

  /** Hands out everything that is mapped to a person. */
  public void each(String userId, Consumer<HeldChange> reader) {
    long after = 0;
    List<HeldChange> page = read(userId, after);
    while (!page.isEmpty()) {
      page.forEach(reader);
      after = page.getLast().what().id();
      page = read(userId, after);
    }
  }

  private List<HeldChange> read(String userId, long after) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, vendor, user_id, account_id, vendor_event_type, resource_type,
                        resource_id, trace_id, received_at, attempts, last_error, state, data, body
                      FROM inbox WHERE id > :after AND user_id = :whose ORDER BY id LIMIT :limit
                    """)
                .bind("after", after)
                .bind("whose", userId)
                .bind("limit", READ_AT_ONCE)
                .map(PersonalInbox::change)
                .list());
  }

  private static HeldChange change(ResultSet row, StatementContext context) throws SQLException {
    return new HeldChange(
        DeadLetterStore.row(row, context),
        InboxState.valueOf(row.getString("state")) == InboxState.DEAD,
        Columns.bytesOrNull(row, "data"),
        Columns.bytesOrNull(row, "body"));
  }

  /** Erases everything that is mapped to a person; what is worked on meanwhile comes to nothing. */
  public void erase(String userId, Instant now) {
    erase(MAPPED, userId, now);
  }

  /** Erases what waits for somebody to link an account. */
  public void eraseUnmapped(VendorType vendor, String accountId, Instant now) {
    String line = InboxRows.accountLine(vendor, accountId);
    // In the order in which it moves on.
    erase(ARRIVED, line, now);
    erase(UNMAPPED, line, now);
  }

  private void erase(String condition, String whose, Instant now) {
    List<Long> ids = ids(condition, whose, 0);
    while (!ids.isEmpty()) {
      List<Long> some = ids;
      database.execute(tx -> erase(tx, some, condition, whose, now));
      ids = ids(condition, whose, some.getLast());
    }
  }

  private List<Long> ids(String condition, String whose, long after) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM inbox WHERE id > :after AND "
                        + condition
                        + " ORDER BY id LIMIT :limit")
                .bind("after", after)
                .bind("whose", whose)
                .bind("limit", ERASED_AT_ONCE)
                .mapTo(Long.class)
                .list());
  }

  private void erase(Handle tx, List<Long> ids, String condition, String whose, Instant now) {
    String numbers = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    List<Gone> gone =
        tx.createQuery(
                "DELETE FROM inbox WHERE id IN ("
                    + numbers
                    + ") AND "
                    + condition
                    + " RETURNING vendor, line, lane, COALESCE(webhook_id, 0) AS webhook")
            .bind("whose", whose)
            .map(
                (row, context) ->
                    new Gone(InboxRows.waitingLine(row, context), row.getLong("webhook")))
            .list();
    Set<InboxLine> touched = new HashSet<>();
    gone.forEach(one -> touched.add(one.line()));
    touched.stream().sorted(InboxLine.ONE_ORDER).forEach(line -> lines.rest(tx, line, now));
    gone.stream().map(Gone::webhook).distinct().forEach(webhook -> eraseBody(tx, webhook));
  }

  /** As soon as no change of anybody needs it. */
  private static void eraseBody(Handle tx, long webhook) {
    tx.execute(
        """
        DELETE FROM webhook WHERE id = ?
          AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.webhook_id = webhook.id)
        """,
        webhook);
  }
}
