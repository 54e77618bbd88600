package io.cloudconnector.host.web;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.core.WebhookStore;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.NewQuarantine;
import io.cloudconnector.host.store.Quarantine;
import io.cloudconnector.host.store.QuarantineKind;
import io.cloudconnector.host.store.QuarantineStore;
import java.util.List;
import java.util.function.Function;

/** Has connectors read quarantined requests again. Each request is a transaction of its own. */
final class QuarantineReplay {
  private static final int PAGE = 100;

  private final Database database;
  private final QuarantineStore quarantine;
  private final AuditLog audit;
  private final RunningConnectors connectors;
  private final Function<Descriptor, WebhookStore> inboxes;

  QuarantineReplay(
      Database database,
      AuditLog audit,
      RunningConnectors connectors,
      Function<Descriptor, WebhookStore> inboxes) {
    this.database = database;
    this.quarantine = new QuarantineStore(database);
    this.audit = audit;
    this.connectors = connectors;
    this.inboxes = inboxes;
  }

  /**
   * What came of many.
   *
   * @param left those that still cannot be read, or whose connector is not running: they stay
   */
  record Result(long replayed, long left) {}

  /**
   * Replays one.
   *
   * @throws ProblemException when it cannot be read now either: it stays
   */
  void replay(Actor by, Quarantine item) {
    NewQuarantine kept = item.request();
    RunningConnector connector = Values.connector(connectors, kept.vendor().name());
    ReceivedWebhook request =
        ReceivedWebhook.kept(
            kept.method(), kept.url(), kept.headers(), kept.body().toArray(), kept.receivedAt());
    accept(connector, request);
    // After it: what is still unreadable was not replayed. Who dies in between replays it again,
    // since it still stands there, and its changes are known then by their dedupe keys.
    database.execute(
        tx -> {
          if (quarantine.remove(tx, item.id())) {
            audit.add(tx, deed(by, Action.QUARANTINE_REPLAYED, item));
          }
        });
  }

  static Deed deed(Actor by, Action action, Quarantine item) {
    return Deed.of(by, action).at(item.request().vendor()).with("id", Long.toString(item.id()));
  }

  private void accept(RunningConnector connector, ReceivedWebhook request) {
    try {
      // Its signature was proven when it came; by now it would only be too old.
      List<WebhookEvent> events = connector.connector().parseEvents(request);
      inboxes.apply(connector.descriptor()).accept(request, events);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof DatabaseException storage) {
        throw storage;
      }
      throw new ProblemException(
          409, "still-unreadable", "the connector still cannot read this request");
    }
  }

  /** Replays all of a kind that are there now; a part that is kept anew is left alone. */
  Result replay(Actor by, QuarantineKind kind) {
    long newest = quarantine.newest();
    long replayed = 0;
    long left = 0;
    long after = 0;
    while (after < newest) {
      List<Quarantine> page = quarantine.list(kind, after, PAGE);
      for (Quarantine item : page) {
        if (item.id() <= newest) {
          boolean done = tried(by, item);
          replayed += done ? 1 : 0;
          left += done ? 0 : 1;
        }
      }
      after = page.isEmpty() ? newest : page.getLast().id();
    }
    return new Result(replayed, left);
  }

  private boolean tried(Actor by, Quarantine item) {
    try {
      replay(by, item);
      return true;
    } catch (ProblemException stays) {
      return false;
    }
  }
}
