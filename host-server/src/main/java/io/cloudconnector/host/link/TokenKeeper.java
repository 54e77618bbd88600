package io.cloudconnector.host.link;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorTimeoutException;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.core.Masked;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where tokens are refreshed. However many callers need it, a grant is refreshed once
 * and all share what comes of it; the new pair is on disk before anyone uses it. Thread-safe.
 */
public final class TokenKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenKeeper.class);

  /**
   * Credentials this close to their end count as ended: they might end on the way to the vendor.
   */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /**
   * An answer that comes later is thrown away, and with it a pair that may have voided ours. So it
   * is longer than any gateway lets a server think.
   */
  private static final Duration VENDOR_DEADLINE = Duration.ofMinutes(2);

  /** How long a caller waits; the refresh goes on without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

  private final Database database;
  private final ConnectionStore connections;
  private final EventLog events;
  private final CredentialsVault vault;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Map<Grant, CompletableFuture<Credentials>> underWay = new ConcurrentHashMap<>();
  private volatile boolean closing;
  private volatile boolean closed;

  public TokenKeeper(
      Database database, CredentialsVault vault, Metrics metrics, InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.events = new EventLog(database);
    this.vault = vault;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Credentials that are good for a while, refreshed first if they are not. */
  Credentials fresh(RunningConnector connector, Grant grant) {
    Credentials current = open(current(grant));
    return ending(current) ? refreshed(connector, grant, this::ending) : current;
  }

  /** Other credentials than those that the vendor rejected. */
  Credentials renewed(RunningConnector connector, Grant grant, Credentials rejected) {
    Predicate<Credentials> isRejected =
        stored -> stored.accessToken().equals(rejected.accessToken());
    Credentials result = refreshed(connector, grant, isRejected);
    // The flight joined may have been begun for another reason, and found nothing to do.
    return isRejected.test(result) ? refreshed(connector, grant, isRejected) : result;
  }

  private boolean ending(Credentials credentials) {
    return credentials
        .accessUntil()
        .map(end -> !clock.instant().plus(MARGIN).isBefore(end))
        .orElse(false);
  }

  private Credentials refreshed(
      RunningConnector connector, Grant grant, Predicate<Credentials> needed) {
    if (closing) {
      throw new ConnectorException("the host is stopping; no refresh is begun any more");
    }
    CompletableFuture<Credentials> flight =
        underWay.computeIfAbsent(
            grant,
            key -> {
              CompletableFuture<Credentials> started = new CompletableFuture<>();
              // A thread of its own: a caller that is interrupted must not break off a rotation.
              Thread.ofVirtual()
                  .name("refresh " + grant.vendor())
                  .start(() -> fly(started, connector, grant, needed));
              return started;
            });
    return await(flight);
  }

  private void fly(
      CompletableFuture<Credentials> flight,
      RunningConnector connector,
      Grant grant,
      Predicate<Credentials> needed) {
    try {
      Credentials result = refreshIfStill(connector, grant, needed);
      underWay.remove(grant);
      flight.complete(result);
    } catch (Throwable e) {
      underWay.remove(grant);
      flight.completeExceptionally(e);
    }
  }

  private static Credentials await(CompletableFuture<Credentials> flight) {
    try {
      return flight.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ConnectorException("the refresh failed", e);
    } catch (TimeoutException e) {
      throw new VendorTimeoutException(
          "the refresh took longer than " + PATIENCE.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException("interrupted while waiting for a refresh", e);
    }
  }

  private Credentials refreshIfStill(
      RunningConnector connector, Grant grant, Predicate<Credentials> needed) {
    StoredConnection stored = current(grant);
    Credentials credentials = open(stored);
    if (!needed.test(credentials)) {
      return credentials;
    }
    return switch (ask(connector, stored, credentials)) {
      case Refreshed.Renewed renewed -> save(stored, renewed);
      case Refreshed.Dead dead -> bury(stored, dead.reason());
    };
  }

  private Refreshed ask(
      RunningConnector connector, StoredConnection stored, Credentials credentials) {
    try {
      return connector
          .connector()
          .linking()
          .refresh(
              new HostRefreshRequest(
                  credentials, stored.scopes(), connector.http(CallGate.open(), VENDOR_DEADLINE)));
    } catch (RuntimeException e) {
      metrics.refreshed(stored.vendor(), Metrics.Refresh.FAILED);
      log.atWarn()
          .addKeyValue("vendor", stored.vendor())
          .addKeyValue("user_id", stored.userId())
          .log(
              "The refresh did not succeed: {}; the connection stays as it is and is tried again",
              Masked.told(e));
      // Refused was our client, not the person's grant: linking again would not help.
      throw e instanceof OAuthException
          ? new VendorApiException("the vendor refused to refresh: " + Masked.told(e), 0, e)
          : e;
    }
  }

  private Credentials save(StoredConnection stored, Refreshed.Renewed renewed) {
    Credentials credentials = renewed.credentials();
    Grant grant = Grant.of(stored);
    Bytes sealed = vault.seal(grant, credentials);
    boolean saved = save(stored, credentials, sealed, renewed.granted().orElse(null));
    metrics.refreshed(stored.vendor(), Metrics.Refresh.RENEWED);
    if (saved) {
      log.atInfo()
          .addKeyValue("vendor", stored.vendor())
          .addKeyValue("user_id", stored.userId())
          .log("The access token was refreshed");
      return credentials;
    }
    // Linked again, ended, or saved by another host meanwhile: what is stored now decides.
    return open(current(grant));
  }

  /**
   * A vendor that rotates has already voided the older pair: this one is lost unless it is stored.
   */
  private boolean save(
      StoredConnection stored,
      Credentials credentials,
      Bytes sealed,
      @Nullable Set<String> granted) {
    while (true) {
      try {
        return database.write(
            tx ->
                connections.saveCredentials(
                    tx,
                    stored.vendor(),
                    stored.userId(),
                    stored.generation(),
                    stored.credentialsVersion(),
                    sealed,
                    credentials.accessUntil().orElse(null),
                    credentials.refreshUntil().orElse(null),
                    granted));
      } catch (DatabaseException e) {
        log.atError()
            .addKeyValue("vendor", stored.vendor())
            .addKeyValue("user_id", stored.userId())
            .log(
                "New tokens cannot be stored: {}; tried until they can, the old ones may be void",
                e.getMessage());
        if (closed) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAULT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException("interrupted while new tokens could not be stored", e);
    }
  }

  private Credentials bury(StoredConnection asked, String reason) {
    boolean first =
        database.write(
            tx -> {
              boolean changed =
                  connections.requireReauthorization(
                      tx,
                      asked.vendor(),
                      asked.userId(),
                      asked.generation(),
                      asked.credentialsVersion());
              if (changed) {
                events.append(
                    tx, ConnectionEvents.reauthorizationRequired(asked, reason, clock.instant()));
              }
              return changed;
            });
    if (!first) {
      // Not dead: another host refreshed with the same token a moment earlier, or it ended
      // otherwise.
      return open(current(Grant.of(asked)));
    }
    metrics.refreshed(asked.vendor(), Metrics.Refresh.DEAD);
    log.atWarn()
        .addKeyValue("vendor", asked.vendor())
        .addKeyValue("user_id", asked.userId())
        .log(
            "The vendor ended the grant ({}); the person has to link again, and events wait until then",
            reason);
    throw new TokenException("the grant has ended (" + reason + "): the person has to link again");
  }

  /** The connection as stored now, if it is still this grant and alive. */
  private StoredConnection current(Grant grant) {
    StoredConnection stored =
        connections
            .find(grant.vendor(), grant.userId())
            .filter(found -> found.generation() == grant.generation())
            .orElseThrow(() -> new TokenException("the person has linked again meanwhile"));
    if (stored.status() != ConnectionStatus.ACTIVE) {
      throw new TokenException("the connection is " + stored.status());
    }
    return stored;
  }

  private Credentials open(StoredConnection stored) {
    Bytes sealed = stored.credentials();
    if (sealed == null) {
      throw new TokenException("the credentials of this connection were erased");
    }
    return vault.open(Grant.of(stored), sealed);
  }

  /**
   * Begins no more refreshes. The first step of a stop, so that those under way are over, or nearly
   * so, when all else has ended.
   */
  public void beginNoMore() {
    closing = true;
  }

  /** Waits for refreshes under way: breaking one off could cost its link. */
  @Override
  public void close() {
    beginNoMore();
    CompletableFuture<?>[] flights = underWay.values().toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(flights).get(VENDOR_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      log.atDebug().log("A refresh under way failed; its connection stays as it is");
    } catch (TimeoutException e) {
      log.atError().log("A refresh did not end in time; its link may have to be made again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
    }
  }
}
