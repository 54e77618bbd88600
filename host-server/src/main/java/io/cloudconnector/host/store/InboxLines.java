package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which lines are to be looked at when. A line has a row in this table exactly as long as something
 * waits in it, so finding work costs the same however much of it there is.
 */
final class InboxLines {
  private final Dialect dialect;

  InboxLines(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Has lines looked at, each at the latest then. */
  void look(Handle tx, Map<InboxLine, Instant> lines) {
    DirectSql.batch(
        tx,
        """
        INSERT INTO inbox_line (line, lane, vendor, due_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (line, lane) DO UPDATE SET due_at = excluded.due_at
          WHERE inbox_line.due_at > excluded.due_at
        """,
        lines.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(InboxLine.ONE_ORDER))
            .map(look -> row(look.getKey(), look.getValue()))
            .toList());
  }

  private static @Nullable Object[] row(InboxLine line, Instant at) {
    return new @Nullable Object[] {
      line.name(), line.lane().word(), line.vendor().name(), at.toEpochMilli()
    };
  }

  /**
   * After work in a line: notes when to look at it again, or forgets it when nothing waits there.
   * Whoever still has something to do at once goes to the end of the queue, so that a long line
   * does not keep the others waiting.
   *
   * @return whether something is to be done at once
   */
  boolean rest(Handle tx, InboxLine line, Instant now) {
    if (!lock(tx, line)) {
      return false;
    }
    Optional<Instant> next = LineLook.at(tx, line, now).nextDue();
    if (next.isEmpty()) {
      DirectSql.update(tx, "DELETE FROM inbox_line WHERE line = ? AND lane = ?", key(line));
      return false;
    }
    DirectSql.update(
        tx,
        "UPDATE inbox_line SET due_at = ? WHERE line = ? AND lane = ?",
        next.get().toEpochMilli(),
        line.name(),
        line.lane().word());
    return !next.get().isAfter(now);
  }

  /**
   * Holds back whoever adds to the line meanwhile: it must not be forgotten with a row in it.
   *
   * @return false when it is forgotten already: nobody is held back then
   */
  private boolean lock(Handle tx, InboxLine line) {
    String sql = "SELECT 1 FROM inbox_line l WHERE line = ? AND lane = ?" + dialect.forUpdate("l");
    return !DirectSql.query(tx, sql, key(line), row -> true).isEmpty();
  }

  private static Object[] key(InboxLine line) {
    return new Object[] {line.name(), line.lane().word()};
  }

  /** The first so many by their time, due or not. */
  List<DueLine> first(Handle handle, VendorType vendor, Lane lane, int limit) {
    return DirectSql.query(
        handle,
        """
        SELECT line, due_at FROM inbox_line WHERE vendor = ? AND lane = ?
          ORDER BY due_at, line LIMIT ?
        """,
        new Object[] {vendor.name(), lane.word(), (long) limit},
        row ->
            new DueLine(
                new InboxLine(vendor, row.getString(1), lane),
                Instant.ofEpochMilli(row.getLong(2))));
  }
}
