package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.NewEvent;
import java.util.List;
import java.util.Optional;

/**
 * What has been written down of a task.
 *
 * @param more whether its line has something else to do at once
 * @param outcome what it came to in the end; empty when it had been settled before
 * @param logged the events that entered the log
 * @param missed how many of them webhooks should have told of and did not
 */
record Settled(boolean more, Optional<Outcome> outcome, List<NewEvent> logged, long missed) {
  static final Settled NOTHING = new Settled(false, Optional.empty(), List.of(), 0);

  Settled {
    logged = List.copyOf(logged);
  }

  static Settled as(Outcome outcome) {
    List<NewEvent> logged =
        outcome instanceof Outcome.Deliver deliver ? deliver.events() : List.of();
    return new Settled(false, Optional.of(outcome), logged, 0);
  }

  Settled andMore(boolean again) {
    return new Settled(again, outcome, logged, missed);
  }
}
