package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells the operator what tasks came to, in the log and in numbers. Thread-safe. */
final class OutcomeLog {
  private static final Logger log = LoggerFactory.getLogger(OutcomeLog.class);

  private final Metrics metrics;

  OutcomeLog(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Nothing of what had been settled before: it has been told. */
  void tell(InboxTask task, Settled settled) {
    settled.logged().forEach(event -> metrics.eventLogged(event.vendor(), event.type()));
    settled.outcome().ifPresent(outcome -> told(task, outcome, settled));
  }

  void paused(InboxTask task, Outcome.Pause pause) {
    line(Level.DEBUG, task).log("Its vendor rests until {}: {}", pause.until(), pause.why());
  }

  private void told(InboxTask task, Outcome outcome, Settled settled) {
    switch (outcome) {
      case Outcome.Drop drop -> dropped(task, drop);
      case Outcome.Deliver deliver when deliver.events().isEmpty() -> {
        metrics.eventsEmpty(task.line().vendor(), 1 + task.merged().size());
        line(Level.INFO, task).log("Closed without an event: the vendor gave no document");
      }
      case Outcome.Deliver deliver -> {
        metrics.eventsMerged(task.line().vendor(), task.merged().size());
        line(Level.INFO, task)
            .log(
                "Delivered as {} event(s), along with {} later notice(s)",
                deliver.events().size(),
                task.merged().size());
      }
      case Outcome.Page page -> page(task, page, settled);
      case Outcome.Assign assign ->
          line(Level.DEBUG, task).log("Belongs to {} user(s)", assign.users().size());
      case Outcome.Retry retry ->
          line(Level.WARN, task).log("Failed: {}; tried again at {}", retry.why(), retry.at());
      case Outcome.Wait wait ->
          line(Level.DEBUG, task).log("Waits until {}: {}", wait.until(), wait.why());
      case Outcome.AwaitLink _, Outcome.Pause _ ->
          throw new IllegalArgumentException("nothing is settled as " + outcome);
      case Outcome.Bury bury -> {
        int shared = bury.shared() ? task.merged().size() : 0;
        metrics.eventsMerged(task.line().vendor(), shared);
        line(Level.ERROR, task)
            .log(
                "Cannot be done: {}; kept as dead letter {} until replayed, along with {} later"
                    + " notice(s)",
                bury.why(),
                task.row().id(),
                shared);
      }
    }
  }

  private void dropped(InboxTask task, Outcome.Drop drop) {
    InboxEntry entry = task.row().entry();
    boolean unclaimed = entry.userId() == null;
    boolean change =
        switch (entry.kind()) {
          case CHANGED, DELETED, CARRIED -> true;
          case ACCESS_WITHDRAWN, PAGE -> false;
        };
    int notices = 1 + task.merged().size();
    metrics.eventsUnclaimed(entry.vendor(), unclaimed ? notices : 0);
    metrics.eventsEnded(entry.vendor(), change && !unclaimed ? notices : 0);
    line(unclaimed ? Level.WARN : Level.INFO, task).log("Closed without an event: {}", drop.why());
  }

  private void page(InboxTask task, Outcome.Page page, Settled settled) {
    String type = page.walk().resourceType();
    metrics.webhooksMissed(task.line().vendor(), type, settled.missed());
    if (settled.missed() > 0) {
      line(Level.WARN, task)
          .log(
              "Webhooks had not told of {} change(s) of {}; they are delivered",
              settled.missed(),
              type);
    }
    line(page.next().isEmpty() ? Level.INFO : Level.DEBUG, task)
        .log(
            "{} page of {} had {} document(s) and became {} event(s)",
            page.next().isEmpty() ? "The last" : "A",
            type,
            page.documents().size(),
            settled.logged().size());
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
