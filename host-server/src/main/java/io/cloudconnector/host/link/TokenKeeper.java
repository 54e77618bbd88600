package io.cloudconnector.host.link;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorTimeoutException;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where tokens are refreshed. However many callers on however many hosts need it, a
 * grant is refreshed once and all share what comes of it; the new pair is on disk before anyone
 * uses it. Thread-safe.
 */
public final class TokenKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TokenKeeper.class);

  /**
   * Credentials this close to their end count as ended: they might end on the way to the vendor.
   */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** What is left must suffice for a call where nothing better is to be had. */
  private static final Duration LAST_USE = Duration.ofSeconds(5);

  /** How long a caller waits; the refresh goes on without it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final StoredGrants grants;
  private final RefreshClaims claims;
  private final Refresher refresher;
  private final InstantSource clock;
  private final Map<Grant, CompletableFuture<RefreshOutcome>> underWay = new ConcurrentHashMap<>();
  private volatile boolean closing;
  private volatile boolean closed;

  public TokenKeeper(
      Database database,
      CredentialsVault vault,
      MassDeathBrake brake,
      Metrics metrics,
      InstantSource clock) {
    this(database, vault, brake, metrics, clock, step -> {}, RefreshLeases.BEAT);
  }

  TokenKeeper(
      Database database,
      CredentialsVault vault,
      MassDeathBrake brake,
      Metrics metrics,
      InstantSource clock,
      Consumer<RefreshStep> steps,
      Duration beat) {
    this.grants = new StoredGrants(database, vault);
    this.claims = new RefreshClaims(database, vault, brake, clock);
    this.refresher =
        new Refresher(
            database,
            grants,
            claims,
            new RefreshLeases(database, vault, brake, clock, beat),
            brake,
            metrics,
            clock,
            steps,
            () -> closing,
            () -> closed);
    this.clock = clock;
  }

  /** Takes over what an earlier process left, where no other host can be at it. */
  public void recover() {
    claims.recover();
  }

  /** Credentials that are good for a while, refreshed first if they are not. */
  Credentials fresh(RunningConnector connector, Grant grant) {
    Credentials current = grants.credentials(grant);
    if (!isEnding(current, MARGIN)) {
      return current;
    }
    try {
      return refreshed(connector, grant, (stored, found) -> isEnding(found, MARGIN));
    } catch (RefreshLaterException e) {
      if (isEnding(current, LAST_USE)) {
        throw e;
      }
      return current;
    }
  }

  /** Other credentials than those that the vendor rejected. */
  Credentials renewed(RunningConnector connector, Grant grant, Credentials rejected) {
    Predicate<Credentials> isRejected = found -> found.accessToken().equals(rejected.accessToken());
    RefreshNeed need = (stored, found) -> isRejected.test(found);
    Credentials result = refreshed(connector, grant, need);
    // The flight joined may have been begun for another reason, and found nothing to do.
    return isRejected.test(result) ? refreshed(connector, grant, need) : result;
  }

  /**
   * Refreshes credentials before anybody needs it, unless they have changed since they were read.
   *
   * @throws ConnectorException as {@link io.cloudconnector.api.Connection#credentials}
   */
  public void refreshAhead(RunningConnector connector, StoredConnection read) {
    refreshed(
        connector,
        Grant.of(read),
        (stored, found) -> stored.credentialsVersion() == read.credentialsVersion());
  }

  private boolean isEnding(Credentials credentials, Duration margin) {
    return credentials
        .accessUntil()
        .map(end -> !clock.instant().plus(margin).isBefore(end))
        .orElse(false);
  }

  private Credentials refreshed(RunningConnector connector, Grant grant, RefreshNeed need) {
    if (closing) {
      throw new RefreshLaterException("the host is stopping", clock.instant());
    }
    CompletableFuture<RefreshOutcome> flight =
        underWay.computeIfAbsent(
            grant,
            key -> {
              CompletableFuture<RefreshOutcome> started = new CompletableFuture<>();
              // A thread of its own: a caller that is interrupted must not break off a rotation.
              Thread.ofVirtual()
                  .name("refresh " + grant.vendor())
                  .start(() -> fly(started, connector, grant, need));
              return started;
            });
    return switch (await(flight)) {
      case RefreshOutcome.Renewed renewed -> renewed.credentials();
      case RefreshOutcome.StillGood good -> good.credentials();
      case RefreshOutcome.Dead dead ->
          throw new TokenException(
              "the grant has ended (" + dead.reason() + "): the person has to link again");
      case RefreshOutcome.Later later ->
          throw new RefreshLaterException(later.reason(), later.notBefore());
    };
  }

  private void fly(
      CompletableFuture<RefreshOutcome> flight,
      RunningConnector connector,
      Grant grant,
      RefreshNeed need) {
    try {
      RefreshOutcome outcome = refresher.refresh(connector, grant, need);
      underWay.remove(grant);
      flight.complete(outcome);
    } catch (Throwable e) {
      underWay.remove(grant);
      flight.completeExceptionally(e);
    }
  }

  private static RefreshOutcome await(CompletableFuture<RefreshOutcome> flight) {
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
      CompletableFuture.allOf(flights)
          .get(RecordingHttp.DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
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
