package io.cloudconnector.host.person;

import io.cloudconnector.host.link.ConnectionEnder;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.EventErasure;
import io.cloudconnector.host.store.LinkStore;
import io.cloudconnector.host.store.PersonalHistory;
import io.cloudconnector.host.store.PersonalInbox;
import io.cloudconnector.host.store.StoredConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases all that is held about a person. Many small transactions: whoever breaks it off asks
 * again, and it goes on. Thread-safe.
 *
 * <p>The order matters. Links go first, so that nobody comes back through a consent page that is
 * open; then connections end, so that work under way finds its row gone or its connection ended;
 * their rows go last, since they tell what else there is.
 */
public final class PersonErasure {
  private static final Logger log = LoggerFactory.getLogger(PersonErasure.class);

  private final Database database;
  private final LinkStore links;
  private final ConnectionStore connections;
  private final ConnectionEnder ender;
  private final PersonalInbox inbox;
  private final PersonalHistory history;
  private final EventErasure events;
  private final AuditLog audit;
  private final InstantSource clock;

  public PersonErasure(
      Database database, ConnectionEnder ender, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.links = new LinkStore(database);
    this.connections = new ConnectionStore(database);
    this.ender = ender;
    this.inbox = new PersonalInbox(database);
    this.history = new PersonalHistory(database);
    this.events = new EventErasure(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** Erases; of somebody who is not known there is nothing to erase. */
  public void erase(Actor by, String userId) {
    // First: what is broken off has been done in part, and somebody did it.
    database.execute(tx -> audit.add(tx, Deed.of(by, Action.USER_DELETED).about(userId)));
    links.forget(userId);
    held(userId).forEach(connection -> ender.end(by, connection.vendor(), userId));
    List<StoredConnection> ended = held(userId);
    ended.forEach(this::eraseUnmapped);
    inbox.erase(userId, clock.instant());
    // After the inbox: work under way might else note once more what it gave.
    ended.forEach(
        one -> database.execute(tx -> history.erase(tx, one.vendor(), userId, clock.instant())));
    events.erase(userId, ConnectionEnder.EVENT);
    audit.forget(userId);
    database.execute(tx -> ended.forEach(connection -> connections.forget(tx, connection)));
    log.atInfo()
        .addKeyValue("user_id", userId)
        .log("All that was held about a person is erased; grants go when their vendors are told");
  }

  private List<StoredConnection> held(String userId) {
    return connections.list(Optional.of(userId), Optional.empty());
  }

  /** What came before the link was finished; of an account that others have too it is theirs. */
  private void eraseUnmapped(StoredConnection connection) {
    for (String account : connection.accountIds()) {
      boolean others =
          database.read(
              handle -> !connections.usersOf(handle, connection.vendor(), account).isEmpty());
      if (!others) {
        inbox.eraseUnmapped(connection.vendor(), account, clock.instant());
      }
    }
  }
}
