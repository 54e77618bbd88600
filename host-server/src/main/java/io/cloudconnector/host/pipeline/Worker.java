package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxTask;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Works one task off: one attempt, then one transaction that logs its events and closes or puts off
 * its rows. A crash between the two leaves the rows as they were. Thread-safe.
 */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final Settling settling;
  private final Attempt attempt;
  private final Metrics metrics;
  private final InstantSource clock;

  Worker(Settling settling, Attempt attempt, Metrics metrics, InstantSource clock) {
    this.settling = settling;
    this.attempt = attempt;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Returns whether the task's line has something else to do at once. */
  boolean work(InboxTask task) {
    Outcome outcome = attempt.at(task.row());
    boolean more = settling.settle(new Settlement(task, outcome, clock.instant()));
    tell(task, outcome);
    return more;
  }

  private void tell(InboxTask task, Outcome outcome) {
    switch (outcome) {
      case Outcome.Deliver deliver -> {
        deliver.events().forEach(event -> metrics.eventLogged(event.vendor(), event.type()));
        metrics.eventsMerged(task.line().vendor(), task.merged().size());
        line(Level.INFO, task)
            .log(
                "Delivered as {} event(s), along with {} later notice(s)",
                deliver.events().size(),
                task.merged().size());
      }
      case Outcome.Drop drop -> {
        boolean unclaimed = task.row().entry().userId() == null;
        metrics.eventsUnclaimed(task.line().vendor(), unclaimed ? 1 : 0);
        line(unclaimed ? Level.WARN : Level.INFO, task)
            .log("Closed without an event: {}", drop.why());
      }
      case Outcome.Assign assign ->
          line(Level.DEBUG, task).log("Belongs to {} user(s)", assign.users().size());
      case Outcome.Retry retry ->
          line(Level.WARN, task).log("Failed: {}; tried again at {}", retry.why(), retry.at());
      case Outcome.Wait wait ->
          line(Level.DEBUG, task).log("Waits until {}: {}", wait.until(), wait.why());
      case Outcome.Bury bury ->
          line(Level.ERROR, task)
              .log(
                  "Cannot be done: {}; kept as dead letter {} until replayed",
                  bury.why(),
                  task.row().id());
    }
  }

  private static LoggingEventBuilder line(Level level, InboxTask task) {
    InboxEntry entry = task.row().entry();
    return log.atLevel(level)
        .addKeyValue("vendor", entry.vendor())
        .addKeyValue("user_id", entry.userId())
        .addKeyValue("event_type", entry.vendorEventType())
        .addKeyValue("trace_id", entry.traceId());
  }
}
