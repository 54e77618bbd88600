package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The accepted changes that are not yet worked off. They wait in lines, one per connection, or one
 * per account as long as nobody is mapped to it; a line is worked off in the order of acceptance,
 * one row at a time.
 */
public final class InboxStore {
  private static final long KEYS_AT_ONCE = 5_000;

  private static final String FORGET_KEYS =
      """
      DELETE FROM dedupe WHERE (vendor, dedupe_key) IN
        (SELECT vendor, dedupe_key FROM dedupe WHERE seen_at < ? LIMIT ?)
      """;

  private final Database database;
  private final InboxLines lines;
  private final InboxIntake intake;

  public InboxStore(Database database) {
    this.database = database;
    this.lines = new InboxLines(database.dialect());
    this.intake = new InboxIntake(lines);
  }

  /**
   * Takes webhooks in, in this order. A change whose dedupe key was seen before is left out; one
   * without a key is always new.
   *
   * @return how many changes of each were new
   */
  public List<Integer> accept(Handle tx, List<NewWebhook> webhooks) {
    tx.afterCommit(database.inboxSignal()::raise);
    return intake.accept(tx, webhooks);
  }

  /**
   * The lines of a vendor in which something waits, the first due first. A line stays among them
   * until {@link #rest}, so the caller leaves out those it is working in.
   *
   * @param limit how many at most
   */
  public List<DueLine> lines(VendorType vendor, Lane lane, int limit) {
    return database.read(handle -> lines.first(handle, vendor, lane, limit));
  }

  /**
   * What to do now in a line. A row waits for all earlier ones; one that has been retried for over
   * a minute steps aside, and with it the later ones of its resource (type and id), which go on
   * waiting for it.
   */
  public Optional<InboxTask> next(InboxLine line, Instant now) {
    return database.read(
        handle -> {
          LineLook look = LineLook.at(handle, line, now);
          return look.head()
              .flatMap(head -> task(handle, line, head, look.mergeable(handle, line, head)));
        });
  }

  private static Optional<InboxTask> task(
      Handle handle, InboxLine line, WaitingRow head, List<WaitingRow> merged) {
    Optional<InboxRow> latest =
        merged.isEmpty() ? Optional.empty() : row(handle, line, merged.getLast().id());
    List<Long> ids = merged.stream().map(WaitingRow::id).toList();
    return row(handle, line, head.id())
        .map(row -> new InboxTask(line, latest.map(row::toldBy).orElse(row), ids));
  }

  /** Empty where another host has worked it off or put it in another line since it was seen. */
  private static Optional<InboxRow> row(Handle handle, InboxLine line, long id) {
    return DirectSql.query(
            handle,
            """
            SELECT id, position, vendor, account_id, user_id, lane, kind, resource_type,
                resource_id, resource_from, resource_to, hint, vendor_event_type, trace_id,
                dedupe_key, attributes, received_at, due_at, first_tried_at, attempts,
                last_error, media_type, data
              FROM inbox WHERE id = ? AND state = 'WAITING' AND line = ?
            """,
            new Object[] {id, line.name()},
            InboxRows::row)
        .stream()
        .findFirst();
  }

  /**
   * Has a line looked at again when its next row is due; called in each transaction that changed
   * its rows.
   *
   * @return whether something is to be done there at once
   */
  public boolean rest(Handle tx, InboxLine line, Instant now) {
    return lines.rest(tx, line, now);
  }

  /**
   * Maps a row to the users of its account: the first takes it, each other gets a copy in the same
   * position.
   *
   * @return false when it has been mapped already
   * @throws IllegalArgumentException when there are no users
   */
  public boolean assign(Handle tx, InboxRow row, List<String> users) {
    if (users.isEmpty()) {
      throw new IllegalArgumentException("inbox row " + row.id() + " is to be assigned to nobody");
    }
    VendorType vendor = row.entry().vendor();
    int taken =
        tx.createUpdate(
                """
                UPDATE inbox SET user_id = :user, line = :line, attempts = 0,
                    first_tried_at = NULL, last_error = NULL
                  WHERE id = :id AND user_id IS NULL
                """)
            .bind("user", users.getFirst())
            .bind("line", InboxRows.userLine(vendor, users.getFirst()))
            .bind("id", row.id())
            .execute();
    if (taken == 1) {
      Set<String> all = new LinkedHashSet<>(users);
      all.stream().skip(1).forEach(user -> copy(tx, row.id(), vendor, user));
      lines.look(tx, linesOf(vendor, all, row));
    }
    return taken == 1;
  }

  private static Map<InboxLine, Instant> linesOf(
      VendorType vendor, Set<String> users, InboxRow row) {
    return users.stream()
        .map(user -> new InboxLine(vendor, InboxRows.userLine(vendor, user), row.entry().lane()))
        .collect(Collectors.toMap(line -> line, _ -> row.dueAt()));
  }

  private static void copy(Handle tx, long id, VendorType vendor, String user) {
    tx.createUpdate(
            """
            INSERT INTO inbox (copied_from, line, user_id, vendor, account_id, lane, kind,
                resource_type, resource_id, resource_from, resource_to, hint, data, media_type,
                vendor_event_type, trace_id, dedupe_key, attributes, received_at, due_at, attempts,
                state, webhook_id, body)
              SELECT position, :line, :user, vendor, account_id, lane, kind, resource_type,
                  resource_id, resource_from, resource_to, hint, data, media_type,
                  vendor_event_type, trace_id, dedupe_key, attributes, received_at, due_at,
                  attempts, state, webhook_id, body
                FROM inbox WHERE id = :id
            """)
        .bind("line", InboxRows.userLine(vendor, user))
        .bind("user", user)
        .bind("id", id)
        .execute();
  }

  /**
   * Puts a row off.
   *
   * @param countsAsAttempt false when nothing was tried, such as when a limit was in the way: that
   *     does not start the minute after which a row steps aside
   * @return false when it does not wait any more
   */
  public boolean retry(
      Handle tx, long id, Instant dueAt, Instant now, String error, boolean countsAsAttempt) {
    String counted =
        countsAsAttempt
            ? ", attempts = attempts + 1, first_tried_at = COALESCE(first_tried_at, :now)"
            : "";
    var update =
        tx.createUpdate(
                "UPDATE inbox SET due_at = :dueAt, last_error = :error"
                    + counted
                    + " WHERE id = :id AND state = 'WAITING'")
            .bind("dueAt", dueAt.toEpochMilli())
            .bind("error", Columns.remark(error))
            .bind("id", id);
    if (countsAsAttempt) {
      update.bind("now", now.toEpochMilli());
    }
    return update.execute() == 1;
  }

  /**
   * A task is done: its rows go.
   *
   * @return false, with nothing changed, when its row was settled meanwhile: what came with it this
   *     time may be older than the rows merged into it, which therefore wait on
   */
  public boolean close(Handle tx, InboxTask task) {
    boolean waited =
        DirectSql.update(
                tx,
                "DELETE FROM inbox WHERE id = ? AND state = 'WAITING' AND line = ?",
                task.row().id(),
                task.line().name())
            == 1;
    if (waited) {
      close(tx, task.merged());
    }
    return waited;
  }

  /** Rows are done: they go. */
  public void close(Handle tx, Collection<Long> ids) {
    DirectSql.batch(
        tx,
        "DELETE FROM inbox WHERE id = ?",
        ids.stream().map(id -> new @Nullable Object[] {id}).toList());
  }

  /**
   * Gives a row up; it becomes a dead letter, see {@link DeadLetterStore}.
   *
   * @return false when it does not wait any more
   */
  public boolean bury(Handle tx, long id, String why) {
    return tx.execute(
            """
            UPDATE inbox SET state = 'DEAD', attempts = attempts + 1, last_error = ?
              WHERE id = ? AND state = 'WAITING'
            """,
            Columns.remark(why),
            id)
        == 1;
  }

  /** Makes what waits for nobody-yet-known become due: these accounts have just been linked. */
  public void wake(Handle tx, VendorType vendor, Set<String> accountIds, Instant now) {
    accountIds.forEach(accountId -> wake(tx, InboxRows.accountLine(vendor, accountId), now));
  }

  /** Makes what waits for a person become due: the link to this vendor is good again. */
  public void wake(Handle tx, VendorType vendor, String userId, Instant now) {
    wake(tx, InboxRows.userLine(vendor, userId), now);
  }

  private void wake(Handle tx, String line, Instant now) {
    tx.afterCommit(database.inboxSignal()::raise);
    tx.execute(
        "UPDATE inbox SET due_at = ?, attempts = 0, first_tried_at = NULL"
            + " WHERE state = 'WAITING' AND line = ? AND due_at > ?",
        now.toEpochMilli(),
        line,
        now.toEpochMilli());
    // Whatever its time: who is putting the line off just now is waited for and then overruled.
    tx.execute(
        "UPDATE inbox_line SET due_at = CASE WHEN due_at > ? THEN ? ELSE due_at END WHERE line = ?",
        now.toEpochMilli(),
        now.toEpochMilli(),
        line);
  }

  /** Forgets bodies all of whose changes are worked off; returns how many. */
  public int purgeBodies(Handle tx) {
    return tx.execute(
        """
        DELETE FROM webhook
          WHERE NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.webhook_id = webhook.id)
        """);
  }

  /** About when something was last written down here; empty when nothing ever was. */
  public Optional<Instant> lastWritten() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT at FROM (
                      SELECT * FROM (SELECT received_at AS at FROM inbox ORDER BY id DESC LIMIT 1)
                        AS waiting
                      UNION ALL
                      SELECT * FROM (SELECT written_at AS at FROM event_log ORDER BY seq DESC LIMIT 1)
                        AS logged
                    ) AS newest ORDER BY at DESC LIMIT 1
                    """)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  /**
   * The clock was set back: what waits for a time that was meant to be near comes forward along
   * with it.
   */
  public void moveForward(Handle tx, Duration by, Instant now) {
    tx.afterCommit(database.inboxSignal()::raise);
    tx.execute(
        """
        UPDATE inbox SET due_at = due_at - ?, first_tried_at = first_tried_at - ?
          WHERE state <> 'DEAD' AND due_at > ?
        """,
        by.toMillis(),
        by.toMillis(),
        now.toEpochMilli());
    tx.execute(
        "UPDATE inbox_line SET due_at = due_at - ? WHERE due_at > ?",
        by.toMillis(),
        now.toEpochMilli());
  }

  /**
   * Forgets dedupe keys seen before a time; returns how many. Some at a time: after a long
   * standstill there are many, and webhooks wait for each transaction.
   */
  public int purgeDedupe(Instant before) {
    int all = 0;
    int some;
    do {
      some = database.write(tx -> tx.execute(FORGET_KEYS, before.toEpochMilli(), KEYS_AT_ONCE));
      all += some;
    } while (some == KEYS_AT_ONCE);
    return all;
  }

  /**
   * How many rows are in a state. Each has an index that knows its name; grouping would read every
   * row with its data.
   */
  public long count(InboxState state) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT COUNT(*) FROM inbox WHERE state = '" + state.name() + "'")
                .mapTo(Long.class)
                .one());
  }
}
