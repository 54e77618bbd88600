package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.NewEvent;
import java.time.Instant;
import java.util.List;

/** What one attempt at a row came to. */
sealed interface Outcome {
  /** Events for the log; with them the row is done. */
  record Deliver(List<NewEvent> events, boolean fetched) implements Outcome {
    public Deliver {
      events = List.copyOf(events);
    }
  }

  /** Done without an event. */
  record Drop(String why) implements Outcome {}

  /** The row belongs to these users; each gets its own. */
  record Assign(List<String> users) implements Outcome {
    public Assign {
      users = List.copyOf(users);
    }
  }

  /** It failed and is tried again. */
  record Retry(Instant at, String why) implements Outcome {}

  /** Something is in the way; it costs no attempt. */
  record Wait(Instant until, String why) implements Outcome {}

  /**
   * The person has to link again first; it costs no attempt.
   *
   * @param generation of the grant that is no good; of a later one it need not wait
   */
  record AwaitLink(long generation, Instant until, String why) implements Outcome {}

  /** The vendor can do nothing for anybody now; nothing is written, and the row stays first. */
  record Pause(Instant until, String why) implements Outcome {}

  /** It will not succeed; it becomes a dead letter. */
  record Bury(String why) implements Outcome {}
}
