package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.GroupedWork;
import io.cloudconnector.host.store.InboxArrivals;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.NewWebhook;
import io.cloudconnector.host.store.QuarantineStore;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The one way into the inbox: webhooks that come at the same time share a transaction. Thread-safe.
 */
public final class SharedInbox {
  /** Vendors give up after ten seconds or so; whoever waits longer waits for nobody. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  /** So many at once, and they are only stored at first. */
  static final int BURST = 16;

  private final Database database;
  private final InboxStore inbox;
  private final InboxArrivals arrivals;
  private final QuarantineStore quarantine;
  private final GroupedWork<NewWebhook, Integer> intake =
      new GroupedWork<>(GroupedWork.Rank.INTAKE, "intake", this::acceptAll);

  public SharedInbox(Database database) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.arrivals = new InboxArrivals(database);
    this.quarantine = new QuarantineStore(database);
  }

  /**
   * Takes a webhook in; on disk once this returns.
   *
   * @return how many of its changes are not known to be repetitions
   * @throws DatabaseException when it could not be stored
   */
  int accept(NewWebhook webhook) {
    return database.together(intake, webhook, PATIENCE);
  }

  /** What came together. */
  List<Integer> acceptAll(Handle tx, List<NewWebhook> webhooks) {
    webhooks.forEach(webhook -> webhook.unreadable().forEach(item -> quarantine.add(tx, item)));
    if (webhooks.size() < BURST && !arrivals.any(tx)) {
      return inbox.accept(tx, webhooks);
    }
    arrivals.add(tx, webhooks);
    return webhooks.stream().map(webhook -> webhook.entries().size()).toList();
  }
}
