package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.DocumentMark;
import io.cloudconnector.host.store.InboxTask;
import io.cloudconnector.host.store.NewEvent;
import java.time.Instant;
import java.util.List;

/**
 * What a task came to, and when.
 *
 * @param marks of the documents that its events bring; made here, where the one thread that commits
 *     need not wait for it
 */
record Settlement(InboxTask task, Outcome outcome, Instant at, List<DocumentMark> marks) {
  Settlement {
    marks = List.copyOf(marks);
  }

  Settlement(InboxTask task, Outcome outcome, Instant at) {
    this(task, outcome, at, marks(outcome, at));
  }

  private static List<DocumentMark> marks(Outcome outcome, Instant at) {
    return outcome instanceof Outcome.Deliver deliver
        ? deliver.events().stream().map(event -> mark(event, at)).toList()
        : List.of();
  }

  private static DocumentMark mark(NewEvent event, Instant at) {
    return new DocumentMark(
        event.vendor(), event.userId(), event.subject(), ContentHash.of(event), at);
  }

  Settlement as(Outcome other) {
    return new Settlement(task, other, at, marks);
  }
}
