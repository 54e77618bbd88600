package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose turn it is in a line. Each row waits for all earlier ones; only one that has been
 * retried for over a minute steps aside, and along with it later rows of its resource, which go on
 * waiting for it. Else one document that cannot be fetched would hold up its whole line.
 *
 * @param head the row whose turn it is
 * @param nextDue when to look again; empty when nothing waits
 * @param following all rows after the head, where the look came as far as the end of the line
 */
record LineLook(
    Optional<WaitingRow> head, Optional<Instant> nextDue, Optional<List<WaitingRow>> following) {
  /** How far ahead later changes of the same resource are looked for. */
  private static final int MERGE_AHEAD = 200;

  private static final int FIRST_PAGE = 8;
  private static final int PAGE = 500;

  private static final String ROWS =
      "SELECT "
          + WaitingRow.COLUMNS
          + """
           FROM inbox
            WHERE state = 'WAITING' AND line = ? AND lane = ? AND position > ?
            ORDER BY position LIMIT ?
          """;

  /** Of the rows that follow, those that are told of one resource, or of anything but a change. */
  private static final String ABOUT =
      "SELECT * FROM ("
          + ROWS
          + """
          ) AS ahead WHERE kind <> 'CHANGED'
            OR (resource_type IS NOT DISTINCT FROM ? AND resource_id IS NOT DISTINCT FROM ?)
          ORDER BY position
          """;

  private static LineLook nobody(Optional<Instant> nextDue) {
    return new LineLook(Optional.empty(), nextDue, Optional.empty());
  }

  static LineLook at(Handle handle, InboxLine line, Instant now) {
    Set<InboxResource> aside = new HashSet<>();
    Optional<Instant> nextDue = Optional.empty();
    long after = Long.MIN_VALUE;
    int size = FIRST_PAGE;
    while (true) {
      List<WaitingRow> page = page(handle, line, after, size);
      boolean isLast = page.size() < size;
      for (WaitingRow row : page) {
        if (aside.contains(row.about())) {
          continue;
        }
        if (row.isDue(now)) {
          return new LineLook(
              Optional.of(row),
              Optional.of(now),
              isLast ? Optional.of(after(row, page)) : Optional.empty());
        }
        nextDue = earliest(nextDue, row.stepsAside(now) ? row.dueAt() : row.blocksUntil());
        if (!row.stepsAside(now)) {
          return nobody(nextDue);
        }
        aside.add(row.about());
      }
      if (isLast) {
        return nobody(nextDue);
      }
      after = page.getLast().position();
      size = PAGE;
    }
  }

  private static List<WaitingRow> after(WaitingRow head, List<WaitingRow> rows) {
    return rows.stream()
        .filter(row -> row.position() > head.position())
        .limit(MERGE_AHEAD)
        .toList();
  }

  private static Optional<Instant> earliest(Optional<Instant> known, Instant time) {
    return Optional.of(known.map(other -> WaitingRow.earlier(other, time)).orElse(time));
  }

  private static List<WaitingRow> page(Handle handle, InboxLine line, long after, int limit) {
    return DirectSql.query(
        handle,
        ROWS,
        new Object[] {line.name(), line.lane().word(), after, (long) limit},
        WaitingRow::read);
  }

  /**
   * Later rows that the same fetch answers: changes of the same resource, up to anything else that
   * is told of it, of all of its type or of some of them. What happened after a deletion is not
   * what happened before.
   */
  List<WaitingRow> mergeable(Handle handle, InboxLine line, WaitingRow head) {
    List<WaitingRow> merged = new ArrayList<>();
    if (head.kind() != InboxKind.CHANGED) {
      return merged;
    }
    for (WaitingRow row : following.orElseGet(() -> ahead(handle, line, head))) {
      if (row.kind() == InboxKind.CHANGED) {
        if (row.asksTheSameAs(head)) {
          merged.add(row);
        }
      } else if (row.resource().mayConcern(head.resource())) {
        return merged;
      }
    }
    return merged;
  }

  private static List<WaitingRow> ahead(Handle handle, InboxLine line, WaitingRow head) {
    return DirectSql.query(
        handle,
        ABOUT,
        new @Nullable Object[] {
          line.name(),
          line.lane().word(),
          head.position(),
          (long) MERGE_AHEAD,
          head.resource().type(),
          head.resource().id()
        },
        WaitingRow::read);
  }
}
