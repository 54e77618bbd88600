package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.NewEvent;
import java.util.List;
import java.util.Optional;

/**
 * What has been written down of a task.
 *
 * @param more whether its line has something else to do at once
 * @param logged the events that entered the log
 * @param missed how many of them webhooks should have told of and did not
 * @param dropped why it was closed without an event, where it was
 */
record Settled(boolean more, List<NewEvent> logged, long missed, Optional<Outcome.Drop> dropped) {
  static final Settled NOTHING = of(List.of());

  Settled {
    logged = List.copyOf(logged);
  }

  static Settled of(List<NewEvent> logged) {
    return new Settled(false, logged, 0, Optional.empty());
  }

  static Settled dropped(Outcome.Drop drop) {
    return new Settled(false, List.of(), 0, Optional.of(drop));
  }

  Settled andMore(boolean again) {
    return new Settled(again, logged, missed, dropped);
  }
}
