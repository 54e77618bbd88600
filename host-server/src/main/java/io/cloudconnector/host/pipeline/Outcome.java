package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.HistoryPlace;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.NewEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one attempt at a row came to. */
sealed interface Outcome {
  /**
   * Events for the log; with them the row is done.
   *
   * @param generation of the grant that the person had then
   * @param fetched whether the vendor was asked
   */
  record Deliver(long generation, List<NewEvent> events, boolean fetched) implements Outcome {
    public Deliver {
      events = List.copyOf(events);
    }
  }

  /**
   * A page of history. Which of its documents are new is known when it is written down.
   *
   * @param generation of the grant that the person had then
   * @param walk as it was when the page was asked for
   * @param told whether webhooks tell of this type
   * @param next empty when it was the last
   */
  record Page(
      long generation,
      HistoryWalk walk,
      Instant askedAt,
      List<PageDocument> documents,
      boolean told,
      Optional<HistoryPlace> next)
      implements Outcome {
    public Page {
      documents = List.copyOf(documents);
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

  /**
   * It will not succeed; it becomes a dead letter.
   *
   * @param shared whether the same would come of what waits for the same document: it is part of
   *     the dead letter then, and else has tries of its own
   */
  record Bury(String why, boolean shared) implements Outcome {}
}
