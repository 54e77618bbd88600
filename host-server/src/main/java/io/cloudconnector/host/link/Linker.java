package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Linked;
import io.cloudconnector.host.history.LinkedHistory;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.LinkRow;
import io.cloudconnector.host.store.LinkStore;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what a finished link brought, in one transaction: tokens, account ids, the event, the
 * link's end, and the wake-up of what waited for this account. Thread-safe.
 */
public final class Linker {
  private static final Logger log = LoggerFactory.getLogger(Linker.class);

  private final Database database;
  private final ConnectionStore connections;
  private final LinkStore links;
  private final InboxStore inbox;
  private final EventLog events;
  private final AuditLog audit;
  private final CredentialsVault vault;
  private final LinkedHistory history;
  private final InstantSource clock;

  public Linker(
      Database database,
      AuditLog audit,
      CredentialsVault vault,
      LinkedHistory history,
      InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.links = new LinkStore(database);
    this.inbox = new InboxStore(database);
    this.events = new EventLog(database);
    this.audit = audit;
    this.vault = vault;
    this.history = history;
    this.clock = clock;
  }

  /** Stores it; returns the scopes that were asked for and not granted. */
  Set<String> store(RunningConnector connector, LinkRow link, Linked linked) {
    Instant now = clock.instant();
    Set<String> missing = missing(connector, linked);
    StoredConnection stored =
        database.write(
            tx -> {
              if (!links.spend(tx, link.tokenHash(), now)) {
                throw new LinkException(
                    "link_used", "This link was used before. Ask for a new one.");
              }
              Optional<StoredConnection> before =
                  connections.find(tx, link.vendor(), link.userId());
              StoredConnection connection =
                  connections.link(tx, connection(tx, connector, link, linked, now));
              history.linked(tx, connector, before, connection, now);
              inbox.wake(tx, connection.vendor(), connection.accountIds(), now);
              inbox.wake(tx, connection.vendor(), connection.userId(), now);
              Action action =
                  before.isPresent() ? Action.CONNECTION_RELINKED : Action.CONNECTION_LINKED;
              audit.add(tx, Deed.of(Actor.PERSON, action).at(link.vendor()).about(link.userId()));
              events.append(tx, ConnectionEvents.linked(connection, missing, now));
              return connection;
            });
    log.atInfo()
        .addKeyValue("vendor", stored.vendor())
        .addKeyValue("user_id", stored.userId())
        .log("The account is linked; its changes are fetched from now on");
    return missing;
  }

  private static Set<String> missing(RunningConnector connector, Linked linked) {
    Set<String> asked = new TreeSet<>(connector.config().scopes());
    asked.removeAll(linked.granted().orElse(asked));
    return asked;
  }

  private NewConnection connection(
      Handle tx, RunningConnector connector, LinkRow link, Linked linked, Instant now) {
    long generation = connections.nextGeneration(tx, link.vendor(), link.userId());
    Credentials credentials = linked.credentials();
    return new NewConnection(
        link.vendor(),
        link.userId(),
        generation,
        linked.accountIds(),
        linked.granted().orElse(connector.config().scopes()),
        vault.seal(new Grant(link.vendor(), link.userId(), generation), credentials),
        now,
        credentials.accessUntil().orElse(null),
        credentials.refreshUntil().orElse(null));
  }
}
