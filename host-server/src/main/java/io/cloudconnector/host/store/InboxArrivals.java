package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What came in a burst and is not in its line yet. To store that much costs a sixth of what it
 * costs to look for repetitions, find whose it is and put it in line, which can wait: the vendor
 * cannot.
 */
public final class InboxArrivals {
  private static final String ANY = "SELECT 1 FROM inbox WHERE state = 'ARRIVED' LIMIT 1";

  /** Their bodies and data stay where they are. */
  private static final String FIRST =
      """
      SELECT id, position, vendor, account_id, user_id, lane, kind, resource_type, resource_id,
          resource_from, resource_to, hint, vendor_event_type, trace_id, dedupe_key, attributes,
          received_at, due_at, first_tried_at, attempts, last_error, media_type, NULL AS data
        FROM inbox WHERE state = 'ARRIVED' ORDER BY id LIMIT ?
      """;

  private final Database database;
  private final InboxLines lines;
  private final InboxIntake intake;

  public InboxArrivals(Database database) {
    this.database = database;
    this.lines = new InboxLines(database.dialect());
    this.intake = new InboxIntake(lines);
  }

  /**
   * What became of some of them.
   *
   * @param sorted how many there were
   * @param repeated how many of each vendor were repetitions and are gone
   */
  public record Sorted(int sorted, Map<VendorType, Integer> repeated) {
    public Sorted {
      repeated = Map.copyOf(repeated);
    }
  }

  /** Whether something has arrived before, behind which what comes now has to queue. */
  public boolean any(Handle tx) {
    return !DirectSql.query(tx, ANY, new Object[0], row -> true).isEmpty();
  }

  /** Stores webhooks as they are. */
  public void add(Handle tx, List<NewWebhook> webhooks) {
    tx.afterCommit(database.arrivalSignal()::raise);
    intake.arrive(tx, webhooks);
  }

  /**
   * Puts the first of them in their lines, in the order in which they came; repetitions go.
   *
   * @param limit how many at most
   */
  public Sorted sort(Handle tx, int limit) {
    // Another host that took the next ones meanwhile would have them overtake these.
    database.dialect().lock(tx, "inbox_arrivals");
    List<InboxRow> rows = DirectSql.query(tx, FIRST, new Object[] {(long) limit}, InboxRows::row);
    List<InboxEntry> entries = rows.stream().map(InboxRow::entry).toList();
    List<Boolean> isNew = DedupeKeys.areNew(tx, entries);
    AccountOwners owners = AccountOwners.of(tx, entries);
    List<@Nullable Object[]> placed = new ArrayList<>();
    List<@Nullable Object[]> gone = new ArrayList<>();
    Map<InboxLine, Instant> touched = new HashMap<>();
    Map<VendorType, Integer> repeated = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      long id = rows.get(i).id();
      if (isNew.get(i)) {
        InboxEntry entry = owners.place(entries.get(i));
        InboxLine line = InboxLine.of(entry);
        touched.merge(line, rows.get(i).dueAt(), WaitingRow::earlier);
        placed.add(new @Nullable Object[] {entry.userId(), line.name(), id});
      } else {
        repeated.merge(entries.get(i).vendor(), 1, Integer::sum);
        gone.add(new @Nullable Object[] {id});
      }
    }
    DirectSql.batch(
        tx, "UPDATE inbox SET state = 'WAITING', user_id = ?, line = ? WHERE id = ?", placed);
    DirectSql.batch(tx, "DELETE FROM inbox WHERE id = ?", gone);
    lines.look(tx, touched);
    tx.afterCommit(database.inboxSignal()::raise);
    return new Sorted(rows.size(), repeated);
  }
}
