package io.cloudconnector.host.sync;

import io.cloudconnector.host.config.DeliverySettings.Retention;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventPurge;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets events that are too old or too many, but none that the sink has not had. Safe to run on
 * several hosts at once.
 */
public final class EventRetention {
  private static final Logger log = LoggerFactory.getLogger(EventRetention.class);

  private final EventPurge purge;
  private final Retention retention;
  private final Optional<String> sink;
  private final InstantSource clock;
  private volatile boolean held;

  /**
   * Over the event log.
   *
   * @param sink who has to have had an event before it is forgotten
   */
  public EventRetention(
      Database database, Retention retention, Optional<String> sink, InstantSource clock) {
    this.purge = new EventPurge(database);
    this.retention = retention;
    this.sink = sink;
    this.clock = clock;
  }

  public void run() {
    EventPurge.Rule rule =
        new EventPurge.Rule(clock.instant().minus(retention.maxAge()), retention.maxBytes(), sink);
    EventPurge.Step step = purge.step(rule);
    int events = step.events();
    while (step.more() && !Thread.currentThread().isInterrupted()) {
      step = purge.step(rule);
      events += step.events();
    }
    if (events > 0) {
      log.atInfo().log("{} events are forgotten, as delivery.retention says", events);
    }
    tell(step.held());
  }

  private void tell(boolean now) {
    if (now && !held) {
      log.atWarn()
          .log(
              "The event log outgrows delivery.retention: the delivery webhook has not had its"
                  + " oldest events, which are therefore kept; see GET /v1/delivery");
    }
    held = now;
  }

  /** Whether events are kept beyond their time. */
  public boolean isHeld() {
    return held;
  }
}
