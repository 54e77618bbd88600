package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.InboxTask;
import java.time.Instant;

/** What a task came to, and when. */
record Settlement(InboxTask task, Outcome outcome, Instant at) {
  Settlement as(Outcome other) {
    return new Settlement(task, other, at);
  }
}
