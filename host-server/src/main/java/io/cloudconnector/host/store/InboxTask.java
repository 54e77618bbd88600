package io.cloudconnector.host.store;

import java.util.List;

/**
 * What to do next in a line.
 *
 * @param row the first that may be worked off. Where others are merged into it, its trace id,
 *     attributes and the vendor's word for the event are those of the latest of them
 * @param merged ids of later rows that tell of a change of the same resource: one fetch answers
 *     them all
 */
public record InboxTask(InboxLine line, InboxRow row, List<Long> merged) {
  public InboxTask {
    merged = List.copyOf(merged);
  }
}
