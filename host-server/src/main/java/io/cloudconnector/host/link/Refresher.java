package io.cloudconnector.host.link;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.RefreshDoubt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One refresh of one grant, the only one over all hosts: waits for those of others, asks the vendor
 * or goes on from an answer that was kept, and writes down what it means. Thread-safe.
 */
final class Refresher {
  private static final Logger log = LoggerFactory.getLogger(Refresher.class);

  /** RFC 6749 5.2: our application is refused, whoever's grant it is about. */
  private static final Set<String> CLIENT_REFUSED = Set.of("invalid_client", "unauthorized_client");

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = RecordingHttp.DEADLINE.plus(RefreshLeases.ASKING);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

  private final Database database;
  private final StoredGrants grants;
  private final RefreshClaims claims;
  private final RefreshLeases leases;
  private final Deaths deaths;
  private final MassDeathBrake brake;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Consumer<RefreshStep> steps;
  private final BooleanSupplier stopping;
  private final BooleanSupplier stopped;

  /**
   * Over all grants.
   *
   * @param steps told how far each refresh is
   * @param stopping whether none may wait for another any more
   * @param stopped whether none may hope for the database any more
   */
  Refresher(
      Database database,
      StoredGrants grants,
      RefreshClaims claims,
      RefreshLeases leases,
      MassDeathBrake brake,
      Metrics metrics,
      InstantSource clock,
      Consumer<RefreshStep> steps,
      BooleanSupplier stopping,
      BooleanSupplier stopped) {
    this.database = database;
    this.grants = grants;
    this.claims = claims;
    this.leases = leases;
    this.deaths = new Deaths(database, leases, brake, metrics, clock);
    this.brake = brake;
    this.metrics = metrics;
    this.clock = clock;
    this.steps = steps;
    this.stopping = stopping;
    this.stopped = stopped;
  }

  /**
   * Refreshes if that is needed.
   *
   * @throws TokenException when the grant is no more
   * @throws VendorUnavailableException when the vendor is left alone now; it was not asked
   */
  RefreshOutcome refresh(RunningConnector connector, Grant grant, RefreshNeed need) {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      Optional<RefreshOutcome> outcome =
          switch (claims.claim(grant, need)) {
            case RefreshClaim.Taken taken -> attempt(connector, taken.lease());
            case RefreshClaim.Needless needless ->
                Optional.of(new RefreshOutcome.StillGood(needless.credentials()));
            case RefreshClaim.Resting resting ->
                Optional.of(new RefreshOutcome.Later(resting.why(), resting.until()));
            case RefreshClaim.Elsewhere _ -> Optional.empty();
          };
      if (outcome.isPresent()) {
        return outcome.get();
      }
      if (stopping.getAsBoolean() || System.nanoTime() > end) {
        return new RefreshOutcome.Later(
            "another refresh of this grant is under way",
            clock.instant().plus(RefreshLeases.SHORT));
      }
      pause(LOOK.plusMillis(ThreadLocalRandom.current().nextLong(LOOK.toMillis())));
    }
  }

  /**
   * Empty when somebody else's doing decides. What was kept of earlier answers comes first, one
   * after the other: the connector may have learned to read it, and the tokens in it may have
   * voided those that would be asked with.
   */
  private Optional<RefreshOutcome> attempt(RunningConnector connector, RefreshLease lease) {
    steps.accept(RefreshStep.HELD);
    List<KeptReply> kept = lease.kept();
    while (true) {
      RecordingHttp http = http(connector, lease, kept);
      Refreshed answer;
      try {
        answer = ask(connector, lease, http);
      } catch (RuntimeException e) {
        boolean unread = !http.asked() && !kept.isEmpty() && kept.getFirst().isSuccess();
        if (!unread || saysNothingOfTheAnswer(e)) {
          return unsettled(lease, http, e);
        }
        kept = kept.subList(1, kept.size());
        continue;
      }
      return settled(lease, http, answer);
    }
  }

  private static boolean saysNothingOfTheAnswer(RuntimeException e) {
    return e instanceof LeaseLostException
        || e instanceof DatabaseException
        || e instanceof VendorUnavailableException;
  }

  private RecordingHttp http(
      RunningConnector connector, RefreshLease lease, List<KeptReply> toReplay) {
    return new RecordingHttp(
        lease,
        toReplay,
        leases,
        connector.http(CallGate.open(), RecordingHttp.DEADLINE),
        write -> untilStored(lease.grant(), write),
        steps,
        clock);
  }

  private static Refreshed ask(RunningConnector connector, RefreshLease lease, RecordingHttp http) {
    return connector
        .connector()
        .linking()
        .refresh(new HostRefreshRequest(lease.credentials(), lease.stored().scopes(), http));
  }

  private Optional<RefreshOutcome> settled(
      RefreshLease lease, RecordingHttp http, Refreshed answer) {
    steps.accept(RefreshStep.JUDGED);
    Optional<RefreshOutcome> outcome =
        switch (answer) {
          case Refreshed.Renewed renewed -> save(lease, renewed, http.replayedAge());
          case Refreshed.Dead dead ->
              deaths.judge(
                  lease, dead.reason(), http.asked() || !lease.kept().isEmpty(), http.unread());
        };
    steps.accept(RefreshStep.SETTLED);
    return outcome;
  }

  private Optional<RefreshOutcome> unsettled(RefreshLease lease, RecordingHttp http, Throwable e) {
    return switch (e) {
      case LeaseLostException _ -> {
        leases.forget(lease);
        yield Optional.empty();
      }
      // The hold runs out by itself; what was asked is marked.
      case DatabaseException away -> throw away;
      case VendorUnavailableException absent -> {
        leases.release(lease);
        throw absent;
      }
      case TokenException noWay when !http.asked() && lease.kept().isEmpty() -> {
        leases.release(lease);
        throw noWay;
      }
      default -> Optional.of(undecided(lease, http, e));
    };
  }

  private Optional<RefreshOutcome> save(
      RefreshLease lease, Refreshed.Renewed renewed, Optional<Duration> age) {
    Credentials credentials = age.map(time -> aged(renewed, time)).orElse(renewed.credentials());
    boolean saved = untilStored(lease.grant(), () -> leases.save(lease, renewed, credentials));
    metrics.refreshed(lease.grant().vendor(), Metrics.Refresh.RENEWED);
    if (!saved) {
      // Linked again, ended, or saved by another host meanwhile: what is stored now decides.
      return Optional.of(new RefreshOutcome.StillGood(grants.credentials(lease.grant())));
    }
    log.atInfo()
        .addKeyValue("vendor", lease.grant().vendor())
        .addKeyValue("user_id", lease.grant().userId())
        .log(
            age.isPresent()
                ? "The access token was refreshed from an answer that was kept when a host stopped"
                : "The access token was refreshed");
    return Optional.of(new RefreshOutcome.Renewed(credentials));
  }

  /** The connector counted the token's life from now; it began when the vendor answered. */
  private static Credentials aged(Refreshed.Renewed renewed, Duration age) {
    Credentials credentials = renewed.credentials();
    Credentials older =
        credentials
            .accessUntil()
            .map(end -> credentials.accessUntil(end.minus(age)))
            .orElse(credentials);
    return older.refreshUntil().map(end -> older.refreshUntil(end.minus(age))).orElse(older);
  }

  private RefreshOutcome undecided(RefreshLease lease, RecordingHttp http, Throwable e) {
    String why = Masked.told(e);
    boolean asked = http.asked() || !lease.kept().isEmpty();
    RefreshDoubt doubt = asked && !isRefusal(e) ? unanswered(lease) : lease.doubt();
    int failures = lease.failures() + 1;
    Instant notBefore =
        refusedClient(e)
            .map(code -> brake.refuseClient(lease.grant().vendor(), code))
            .orElseGet(() -> clock.instant().plus(pause(e, failures)));
    database.execute(tx -> leases.later(tx, lease, failures, notBefore, why, doubt, http.unread()));
    metrics.refreshed(lease.grant().vendor(), Metrics.Refresh.FAILED);
    log.atWarn()
        .addKeyValue("vendor", lease.grant().vendor())
        .addKeyValue("user_id", lease.grant().userId())
        .log(
            "The refresh did not succeed: {}; the connection stays as it is and is tried again at {}",
            why,
            notBefore);
    return new RefreshOutcome.Later(why, notBefore);
  }

  /** A stop of ours stays the cause: what follows it is asked with what it may have voided. */
  private static RefreshDoubt unanswered(RefreshLease lease) {
    return lease.doubt() == RefreshDoubt.STOPPED ? lease.doubt() : RefreshDoubt.UNANSWERED;
  }

  private static Optional<String> refusedClient(Throwable e) {
    return e instanceof OAuthException refused
        ? refused.error().filter(CLIENT_REFUSED::contains)
        : Optional.empty();
  }

  /** The vendor itself said no, so it has not rotated anything. */
  private static boolean isRefusal(Throwable e) {
    return e instanceof OAuthException || e instanceof RateLimitException;
  }

  private static Duration pause(Throwable e, int failures) {
    Optional<Duration> wanted =
        e instanceof RateLimitException limit ? limit.retryAfter() : Optional.empty();
    return wanted
        .map(pause -> RefreshPause.after(failures, pause))
        .orElseGet(() -> RefreshPause.after(failures));
  }

  private void untilStored(Grant grant, Runnable write) {
    untilStored(
        grant,
        () -> {
          write.run();
          return true;
        });
  }

  /**
   * A vendor that rotates has already voided the older pair: this one is lost unless it is stored.
   */
  private <T> T untilStored(Grant grant, Supplier<T> write) {
    while (true) {
      try {
        return write.get();
      } catch (DatabaseException e) {
        log.atError()
            .addKeyValue("vendor", grant.vendor())
            .addKeyValue("user_id", grant.userId())
            .log(
                "New tokens cannot be stored: {}; tried until they can, the old ones may be void",
                e.getMessage());
        if (stopped.getAsBoolean()) {
          throw e;
        }
        pause(PAUSE_AFTER_FAULT);
      }
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException("interrupted in a refresh", e);
    }
  }
}
