package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.NewEvent;
import java.util.List;

/**
 * What has been written down of a task.
 *
 * @param more whether its line has something else to do at once
 * @param logged the events that entered the log
 * @param missed how many of them webhooks should have told of and did not
 */
record Settled(boolean more, List<NewEvent> logged, long missed) {
  static final Settled NOTHING = new Settled(false, List.of(), 0);

  Settled {
    logged = List.copyOf(logged);
  }

  static Settled of(List<NewEvent> logged) {
    return new Settled(false, logged, 0);
  }

  Settled andMore(boolean again) {
    return new Settled(again, logged, missed);
  }
}
