package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds whose turn it is in a line. Each row waits for all earlier ones; only one that has been
 * retried for over a minute steps aside, and along with it later rows of its resource, which go on
 * waiting for it. Else one document that cannot be fetched would hold up its whole line.
 *
 * @param head the row whose turn it is
 * @param nextDue when to look again; empty when nothing waits
 */
record LineLook(Optional<WaitingRow> head, Optional<Instant> nextDue) {
  /** How far ahead later changes of the same resource are looked for. */
  private static final int MERGE_AHEAD = 200;

  private static final int FIRST_PAGE = 8;
  private static final int PAGE = 500;

  private static final String ROWS =
      "SELECT "
          + WaitingRow.COLUMNS
          + """
           FROM inbox
            WHERE state = 'WAITING' AND line = :line AND lane = :lane AND position > :after
            ORDER BY position LIMIT :limit
          """;

  /** Of the rows that follow, those that are told of one resource, or of anything but a change. */
  private static final String ABOUT =
      "SELECT * FROM ("
          + ROWS
          + """
          ) AS ahead WHERE kind <> 'CHANGED'
            OR (resource_type IS NOT DISTINCT FROM :type AND resource_id IS NOT DISTINCT FROM :id)
          ORDER BY position
          """;

  static LineLook at(Handle handle, InboxLine line, Instant now) {
    Set<InboxResource> aside = new HashSet<>();
    Optional<Instant> nextDue = Optional.empty();
    long after = Long.MIN_VALUE;
    int size = FIRST_PAGE;
    while (true) {
      List<WaitingRow> page = page(handle, line, after, size);
      for (WaitingRow row : page) {
        if (aside.contains(row.about())) {
          continue;
        }
        if (row.isDue(now)) {
          return new LineLook(Optional.of(row), Optional.of(now));
        }
        nextDue = earliest(nextDue, row.stepsAside(now) ? row.dueAt() : row.blocksUntil());
        if (!row.stepsAside(now)) {
          return new LineLook(Optional.empty(), nextDue);
        }
        aside.add(row.about());
      }
      if (page.size() < size) {
        return new LineLook(Optional.empty(), nextDue);
      }
      after = page.getLast().position();
      size = PAGE;
    }
  }

  private static Optional<Instant> earliest(Optional<Instant> known, Instant time) {
    return Optional.of(known.map(other -> WaitingRow.earlier(other, time)).orElse(time));
  }

  private static List<WaitingRow> page(Handle handle, InboxLine line, long after, int limit) {
    return handle
        .createQuery(ROWS)
        .bind("line", line.name())
        .bind("lane", line.lane().word())
        .bind("after", after)
        .bind("limit", limit)
        .map(WaitingRow::read)
        .list();
  }

  /**
   * Later rows that the same fetch answers: changes of the same resource, up to anything else that
   * is told of it. What happened after a deletion is not what happened before.
   */
  static List<WaitingRow> mergeable(Handle handle, InboxLine line, WaitingRow head) {
    List<WaitingRow> merged = new ArrayList<>();
    if (head.kind() != InboxKind.CHANGED) {
      return merged;
    }
    for (WaitingRow row : ahead(handle, line, head)) {
      if (row.kind() == InboxKind.CHANGED) {
        if (row.asksTheSameAs(head)) {
          merged.add(row);
        }
      } else if (row.resource().type() == null || row.about().equals(head.about())) {
        return merged;
      }
    }
    return merged;
  }

  private static List<WaitingRow> ahead(Handle handle, InboxLine line, WaitingRow head) {
    return handle
        .createQuery(ABOUT)
        .bind("line", line.name())
        .bind("lane", line.lane().word())
        .bind("after", head.position())
        .bind("limit", MERGE_AHEAD)
        .bind("type", head.resource().type())
        .bind("id", head.resource().id())
        .map(WaitingRow::read)
        .list();
  }
}
