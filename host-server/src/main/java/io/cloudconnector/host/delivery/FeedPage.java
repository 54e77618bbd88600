package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.LoggedEvent;
import java.util.List;

/**
 * Some events in order.
 *
 * @param next where to go on from, also when there are no events
 */
public record FeedPage(List<LoggedEvent> events, Cursor next) {
  public FeedPage {
    events = List.copyOf(events);
  }
}
