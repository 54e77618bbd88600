package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The accepted changes that are not yet worked off. They wait in lines, one per connection, or one
 * per account as long as nobody is mapped to it; a line is worked off in the order of acceptance,
 * one row at a time.
 */
public final class InboxStore {
  private final Database database;

  public InboxStore(Database database) {
    this.database = database;
  }

  /**
   * Takes changes in, in this order. One whose dedupe key was seen before is left out; one without
   * a key is always new.
   *
   * @return how many were new
   */
  public int accept(Handle tx, List<InboxEntry> entries) {
    tx.afterCommit(database.inboxSignal()::raise);
    return InboxIntake.accept(tx, entries);
  }

  /**
   * What may be worked off now, at most one row of each line, the longest due first.
   *
   * <p>A row waits for all earlier ones of its line. One that has been retried for over a minute
   * steps aside, and with it the later ones of its resource (type and id), which go on waiting for
   * it. A row stays among the heads until it is closed, buried or put off, so the caller leaves out
   * what it is working on.
   */
  public List<InboxRow> heads(Instant now, int limit) {
    return database.read(handle -> InboxHeads.find(handle, now, limit));
  }

  /**
   * When to look again after {@link #heads} had nothing new: the next time after now at which a row
   * becomes due or steps aside. Empty when only a new row or an end of work can change anything.
   */
  public Optional<Instant> nextDue(Instant now) {
    return database.read(handle -> InboxHeads.next(handle, now));
  }

  /**
   * Maps a row to the users of its account: the first takes it, each other gets a copy in the same
   * position. Nothing happens when it has been mapped already.
   *
   * @throws IllegalArgumentException when there are no users
   */
  public void assign(Handle tx, InboxRow row, List<String> users) {
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
      Set<String> others = new LinkedHashSet<>(users);
      others.remove(users.getFirst());
      others.forEach(user -> copy(tx, row.id(), vendor, user));
    }
  }

  private static void copy(Handle tx, long id, VendorType vendor, String user) {
    tx.createUpdate(
            """
            INSERT INTO inbox (copied_from, line, user_id, vendor, account_id, lane, kind,
                resource_type, resource_id, resource_from, resource_to, hint, data, media_type,
                vendor_event_type, trace_id, dedupe_key, attributes, received_at, due_at, attempts,
                state)
              SELECT position, :line, :user, vendor, account_id, lane, kind, resource_type,
                  resource_id, resource_from, resource_to, hint, data, media_type,
                  vendor_event_type, trace_id, dedupe_key, attributes, received_at, due_at,
                  attempts, state
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
   */
  public void retry(
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
    update.execute();
  }

  /** A row is done: it goes. */
  public void close(Handle tx, long id) {
    tx.execute("DELETE FROM inbox WHERE id = ?", id);
  }

  /** Gives a row up; it becomes a dead letter, see {@link DeadLetterStore}. */
  public void bury(Handle tx, long id, String why) {
    tx.execute(
        """
        UPDATE inbox SET state = 'DEAD', attempts = attempts + 1, last_error = ?
          WHERE id = ? AND state = 'WAITING'
        """,
        Columns.remark(why),
        id);
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
  }

  /** Forgets dedupe keys seen before a time; returns how many. */
  public int purgeDedupe(Handle tx, Instant before) {
    return tx.execute("DELETE FROM dedupe WHERE seen_at < ?", before.toEpochMilli());
  }

  /** How many rows there are in each state. */
  public Map<InboxState, Long> counts() {
    Map<InboxState, Long> counts = new EnumMap<>(InboxState.class);
    for (InboxState state : InboxState.values()) {
      counts.put(state, database.read(handle -> count(handle, state)));
    }
    return counts;
  }

  /** Each state has an index that knows its name; grouping would read every row with its data. */
  private static long count(Handle handle, InboxState state) {
    return handle
        .createQuery("SELECT COUNT(*) FROM inbox WHERE state = '" + state.name() + "'")
        .mapTo(Long.class)
        .one();
  }

  /** When the row that has waited longest came in. */
  public Optional<Instant> oldestWaiting() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT MIN(received_at) FROM inbox WHERE state = 'WAITING'")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }
}
