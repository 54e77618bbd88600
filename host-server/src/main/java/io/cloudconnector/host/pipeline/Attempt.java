package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.UndeclaredHostException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookTrust;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.limit.LimitReachedException;
import io.cloudconnector.host.link.RefreshLaterException;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Decides what becomes of one row, and changes nothing itself. Thread-safe. */
final class Attempt {
  /** How long a notice waits for its account to be linked: a link may be finishing right now. */
  static final Duration UNCLAIMED_LIFE = Duration.ofHours(1);

  private static final Duration UNCLAIMED_LOOK = Duration.ofSeconds(15);
  private static final Duration SLOW_LOOK = Duration.ofHours(1);
  private static final Duration NOT_YET = Duration.ofMinutes(1);
  private static final Duration LIMIT_UNSTATED = Duration.ofSeconds(30);
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private static final String LINK_FIRST = "the person has to link again first";

  /** Client errors that may pass: sent too early, refused now, too many, timed out. */
  private static final Set<Integer> PASSING = Set.of(401, 403, 404, 408, 425, 429);

  private final Database database;
  private final ConnectionStore connections;
  private final RunningConnectors connectors;
  private final Fetcher fetcher;
  private final PageAttempt pages;
  private final RetryPolicy retries;
  private final InstantSource clock;

  Attempt(
      Database database,
      RunningConnectors connectors,
      Fetcher fetcher,
      RetryPolicy retries,
      InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.connectors = connectors;
    this.fetcher = fetcher;
    this.pages = new PageAttempt(database, fetcher, clock);
    this.retries = retries;
    this.clock = clock;
  }

  Outcome at(InboxRow row) {
    String userId = row.entry().userId();
    return userId == null ? owners(row) : work(row, userId);
  }

  private Outcome owners(InboxRow row) {
    InboxEntry entry = row.entry();
    List<String> users =
        database.read(tx -> connections.usersOf(tx, entry.vendor(), entry.accountId()));
    if (!users.isEmpty()) {
      return new Outcome.Assign(users);
    }
    Instant now = clock.instant();
    return entry.receivedAt().plus(UNCLAIMED_LIFE).isBefore(now)
        ? new Outcome.Drop("nobody linked its account within an hour")
        : new Outcome.Wait(now.plus(UNCLAIMED_LOOK), "nobody has linked its account yet");
  }

  private Outcome work(InboxRow row, String userId) {
    InboxEntry entry = row.entry();
    Optional<RunningConnector> connector = connectors.find(entry.vendor());
    Optional<StoredConnection> connection = connections.find(entry.vendor(), userId);
    if (connector.isEmpty()) {
      return slowly("the connector of its vendor is not running");
    }
    Optional<Outcome.Drop> unwanted = StillWanted.no(entry, connection);
    if (unwanted.isPresent()) {
      return unwanted.get();
    }
    try {
      return judge(row, connector.get(), connection.orElseThrow());
    } catch (DatabaseException e) {
      throw e;
    } catch (RuntimeException e) {
      return failed(row, connection.orElseThrow(), e);
    }
  }

  private Outcome judge(InboxRow row, RunningConnector connector, StoredConnection connection) {
    InboxEntry entry = row.entry();
    boolean believed = connector.descriptor().webhooks().equals(Optional.of(WebhookTrust.SIGNED));
    ResourceEvents events = new ResourceEvents(row, connection.userId(), clock.instant());
    return switch (entry.kind()) {
      case CARRIED -> carried(entry, connection, events);
      case DELETED -> {
        Resource resource = StoredResource.read(entry.resource());
        yield believed
            ? new Outcome.Deliver(connection.generation(), events.deleted(resource), false)
            : fetched(row, connector, connection, resource, events);
      }
      case CHANGED ->
          fetched(row, connector, connection, StoredResource.read(entry.resource()), events);
      case ACCESS_WITHDRAWN -> withdrawn(connector, connection);
      case PAGE ->
          connection.status() == ConnectionStatus.ACTIVE
              ? pages.at(row, connector, connection)
              : awaitLink(connection, LINK_FIRST);
    };
  }

  private static Outcome carried(
      InboxEntry entry, StoredConnection connection, ResourceEvents events) {
    try {
      return new Outcome.Deliver(
          connection.generation(), events.updated(List.of(carried(entry))), false);
    } catch (VendorApiException e) {
      // Asking again is no use: the notice is all there is.
      return new Outcome.Bury(Masked.told(e), true);
    }
  }

  private static VendorData carried(InboxEntry entry) {
    Bytes data = entry.data();
    String mediaType = entry.mediaType();
    if (data == null || mediaType == null) {
      throw new IllegalArgumentException("a carried notice without its data");
    }
    return VendorData.of(StoredResource.read(entry.resource()), data.toArray(), mediaType);
  }

  private Outcome fetched(
      InboxRow row,
      RunningConnector connector,
      StoredConnection connection,
      Resource resource,
      ResourceEvents events) {
    if (connection.status() != ConnectionStatus.ACTIVE) {
      return awaitLink(connection, LINK_FIRST);
    }
    return switch (fetcher.fetch(connector, connection, resource, row.entry().lane())) {
      case FetchResult.Found found ->
          new Outcome.Deliver(connection.generation(), events.updated(found.documents()), true);
      case FetchResult.Gone _ ->
          new Outcome.Deliver(connection.generation(), events.deleted(resource), true);
      case FetchResult.NotYet later ->
          retryAfter(
              row, later.askAgainAfter().orElse(NOT_YET), "the vendor has nothing to give yet");
    };
  }

  /** Whoever sent the notice, the vendor's own answer to a refresh decides about the grant. */
  private Outcome withdrawn(RunningConnector connector, StoredConnection connection) {
    if (connection.status() == ConnectionStatus.ACTIVE) {
      fetcher.probe(connector, connection);
    }
    return new Outcome.Drop("the vendor was asked whether the grant still holds");
  }

  private Outcome failed(InboxRow row, StoredConnection connection, Throwable e) {
    return switch (e) {
      case LimitReachedException limit when limit.everyone() ->
          new Outcome.Pause(limit.until(), Masked.told(e));
      case VendorUnavailableException absent ->
          new Outcome.Pause(clock.instant().plus(absent.retryAfter()), Masked.told(e));
      case RateLimitException limit ->
          new Outcome.Wait(clock.instant().plus(pause(limit)).plus(spread()), Masked.told(e));
      case RefreshLaterException later ->
          new Outcome.AwaitLink(
              connection.generation(), later(later).plus(spread()), Masked.told(e));
      case TokenException _ -> awaitLink(connection, Masked.told(e));
      case VendorApiException api when isFinal(api.statusCode()) ->
          new Outcome.Bury(Masked.told(e), true);
      case UndeclaredHostException _ -> new Outcome.Bury(Masked.told(e), true);
      case BadPageException _ -> new Outcome.Bury(Masked.told(e), true);
      case IllegalArgumentException _ -> new Outcome.Bury(Masked.told(e), true);
      default -> retryAfter(row, retries.pause(row.attempts() + 1), Masked.told(e));
    };
  }

  private Instant later(RefreshLaterException refresh) {
    Instant soon = clock.instant().plus(SHORTEST_PAUSE);
    return refresh.notBefore().isBefore(soon) ? soon : refresh.notBefore();
  }

  private static Duration pause(RateLimitException limit) {
    Duration asked = limit.retryAfter().orElse(LIMIT_UNSTATED);
    return asked.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : asked;
  }

  /** Waiting rows of many people do not all come back in the same millisecond. */
  private static Duration spread() {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(250));
  }

  private static boolean isFinal(int status) {
    return status >= 400 && status < 500 && !PASSING.contains(status);
  }

  private Outcome retryAfter(InboxRow row, Duration pause, String why) {
    Instant now = clock.instant();
    int failures = row.attempts() + 1;
    Instant first = row.firstTriedAt();
    return retries.givesUp(failures, first == null ? now : first, now)
        ? new Outcome.Bury("given up: " + why, false)
        : new Outcome.Retry(now.plus(pause), why);
  }

  private Outcome slowly(String why) {
    return new Outcome.Wait(clock.instant().plus(SLOW_LOOK), why);
  }

  private Outcome awaitLink(StoredConnection connection, String why) {
    return new Outcome.AwaitLink(connection.generation(), clock.instant().plus(SLOW_LOOK), why);
  }
}
