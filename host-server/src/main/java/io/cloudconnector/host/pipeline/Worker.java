package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.InboxStore;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Works one row off: one attempt, then one transaction that logs its events and closes or puts off
 * the row. A crash between the two leaves the row as it was. Thread-safe.
 */
final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final Database database;
  private final InboxStore inbox;
  private final EventLog events;
  private final ConnectionStore connections;
  private final Attempt attempt;
  private final Metrics metrics;
  private final InstantSource clock;

  Worker(Database database, Attempt attempt, Metrics metrics, InstantSource clock) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.events = new EventLog(database);
    this.connections = new ConnectionStore(database);
    this.attempt = attempt;
    this.metrics = metrics;
    this.clock = clock;
  }

  void work(InboxRow row) {
    Outcome outcome = attempt.at(row);
    Instant now = clock.instant();
    database.execute(tx -> settle(tx, row, outcome, now));
    tell(row, outcome);
  }

  private void settle(Handle tx, InboxRow row, Outcome outcome, Instant now) {
    switch (outcome) {
      case Outcome.Deliver deliver -> deliver(tx, row, deliver, now);
      case Outcome.Drop _ -> inbox.close(tx, row.id());
      case Outcome.Assign assign -> inbox.assign(tx, row, assign.users());
      case Outcome.Retry retry -> inbox.retry(tx, row.id(), retry.at(), now, retry.why(), true);
      case Outcome.Wait wait -> inbox.retry(tx, row.id(), wait.until(), now, wait.why(), false);
      case Outcome.Bury bury -> inbox.bury(tx, row.id(), bury.why());
    }
  }

  private void deliver(Handle tx, InboxRow row, Outcome.Deliver deliver, Instant now) {
    String userId = row.entry().userId();
    inbox.close(tx, row.id());
    if (userId != null && deliver.fetched()) {
      connections.pulled(tx, row.entry().vendor(), userId, now);
    }
    deliver.events().forEach(event -> events.append(tx, event));
  }

  private void tell(InboxRow row, Outcome outcome) {
    switch (outcome) {
      case Outcome.Deliver deliver -> {
        deliver.events().forEach(event -> metrics.eventLogged(event.vendor(), event.type()));
        line(Level.INFO, row).log("Delivered as {} event(s)", deliver.events().size());
      }
      case Outcome.Drop drop -> {
        boolean unclaimed = row.entry().userId() == null;
        metrics.eventsUnclaimed(row.entry().vendor(), unclaimed ? 1 : 0);
        line(unclaimed ? Level.WARN : Level.INFO, row)
            .log("Closed without an event: {}", drop.why());
      }
      case Outcome.Assign assign ->
          line(Level.DEBUG, row).log("Belongs to {} user(s)", assign.users().size());
      case Outcome.Retry retry ->
          line(Level.WARN, row).log("Failed: {}; tried again at {}", retry.why(), retry.at());
      case Outcome.Wait wait ->
          line(Level.DEBUG, row).log("Waits until {}: {}", wait.until(), wait.why());
      case Outcome.Bury bury ->
          line(Level.ERROR, row)
              .log(
                  "Cannot be done: {}; kept as dead letter {} until replayed",
                  bury.why(),
                  row.id());
    }
  }

  private static LoggingEventBuilder line(Level level, InboxRow row) {
    InboxEntry entry = row.entry();
    return log.atLevel(level)
        .addKeyValue("vendor", entry.vendor())
        .addKeyValue("user_id", entry.userId())
        .addKeyValue("event_type", entry.vendorEventType())
        .addKeyValue("trace_id", entry.traceId());
  }
}
