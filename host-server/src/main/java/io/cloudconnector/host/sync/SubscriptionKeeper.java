package io.cloudconnector.host.sync;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.FoundSubscriptions;
import io.cloudconnector.host.store.SubscriptionRow;
import io.cloudconnector.host.store.SubscriptionState;
import io.cloudconnector.host.store.SubscriptionStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the webhook subscriptions at vendors as they are wanted: looks at each start, at the
 * connector's time but at least daily, and when somebody asks. Run by a schedule and never keeps it
 * waiting; over all hosts one checks a vendor at a time. Thread-safe.
 */
public final class SubscriptionKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionKeeper.class);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final String UNREACHABLE =
      "server.publicUrl leads to this machine itself, where the vendor cannot send anything: give"
          + " the address by which the world reaches this host, and restart";
  private static final SubscriptionRow NONE =
      new SubscriptionRow(
          null,
          Instant.EPOCH,
          Instant.EPOCH,
          "",
          SubscriptionState.UNCHECKED,
          null,
          0,
          null,
          null,
          null);

  private final Database database;
  private final List<SubscribedVendor> vendors;
  private final AuditLog audit;
  private final SubscriptionStore checks;
  private final FoundSubscriptions subscriptions;
  private final SubscriptionClaims claims;
  private final SubscriptionCheck check;
  private final LapseWatch lapses;
  private final InstantSource clock;
  private final Map<VendorType, Thread> busy = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Of the connectors that run by now.
   *
   * @param publicUrl what webhook addresses begin with
   */
  public SubscriptionKeeper(
      Database database,
      RunningConnectors connectors,
      URI publicUrl,
      AuditLog audit,
      InstantSource clock) {
    this(database, connectors, publicUrl, audit, clock, SubscriptionCheck.USUAL);
  }

  /** With times of its own. */
  SubscriptionKeeper(
      Database database,
      RunningConnectors connectors,
      URI publicUrl,
      AuditLog audit,
      InstantSource clock,
      SubscriptionCheck.Times times) {
    this.database = database;
    this.vendors = subscribed(connectors, publicUrl);
    this.audit = audit;
    this.checks = new SubscriptionStore(database);
    this.subscriptions = new FoundSubscriptions(database);
    this.claims = new SubscriptionClaims(database, clock);
    this.check = new SubscriptionCheck(database, claims, clock, times);
    this.lapses = new LapseWatch(database, clock);
    this.clock = clock;
  }

  private static List<SubscribedVendor> subscribed(RunningConnectors connectors, URI publicUrl) {
    return connectors.all().stream()
        .map(connector -> SubscribedVendor.of(connector, publicUrl))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Lets go of what a dead run of this host held, and notes who cannot be asked. */
  public void recover() {
    claims.recover();
    vendors.stream()
        .filter(vendor -> !vendor.canReachUs())
        .forEach(vendor -> checks.notAsked(vendor.vendor(), UNREACHABLE));
  }

  /** Begins what is due, unless the same vendor's last check is still being made. */
  public void run() {
    vendors.stream().filter(SubscribedVendor::canReachUs).forEach(this::begin);
  }

  private void begin(SubscribedVendor vendor) {
    Thread thread =
        Thread.ofVirtual()
            .name("subscription check " + vendor.vendor())
            .unstarted(() -> lookAfter(vendor));
    if (!closed && busy.putIfAbsent(vendor.vendor(), thread) == null) {
      thread.start();
    }
  }

  private void lookAfter(SubscribedVendor vendor) {
    try {
      lapses.look(vendor);
      claims.claim(vendor).ifPresent(claim -> check.run(vendor, claim));
    } catch (DatabaseException e) {
      log.atDebug().setCause(e).log("What is to be checked cannot be looked up now");
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("vendor", vendor.vendor())
          .setCause(e)
          .log("A check of webhook subscriptions failed; another follows within a minute");
    } finally {
      busy.remove(vendor.vendor());
    }
  }

  /** How it stands at a vendor; empty where the connector registers no webhooks. */
  public Optional<SubscriptionStanding> standing(VendorType vendor) {
    return vendors.stream()
        .filter(one -> one.vendor().equals(vendor))
        .findFirst()
        .map(this::standing);
  }

  private SubscriptionStanding standing(SubscribedVendor vendor) {
    SubscriptionRow row = checks.find(vendor.vendor()).orElse(NONE);
    return new SubscriptionStanding(
        vendor, row, subscriptions.list(vendor.vendor()), row.isHeld(clock.instant()));
  }

  /** Has a vendor checked as soon as may be, for somebody who asked. */
  public void ask(Actor by, SubscribedVendor vendor) {
    database.execute(
        tx -> {
          checks.ask(tx, vendor.vendor());
          audit.add(tx, Deed.of(by, Action.SUBSCRIPTIONS_CHECKED).at(vendor.vendor()));
        });
  }

  /** Has them shown; the database is asked at each scrape. */
  public void show(Metrics metrics) {
    for (SubscribedVendor one : vendors) {
      VendorType vendor = one.vendor();
      metrics.subscriptions(
          vendor,
          () -> level(checks.find(vendor).orElse(NONE).state()),
          () -> subscriptions.counts(vendor).ours(),
          () -> subscriptions.counts(vendor).elsewhere(),
          () -> seconds(subscriptions.counts(vendor).firstEnd()));
    }
  }

  private static int level(SubscriptionState state) {
    return switch (state) {
      case UP_TO_DATE -> 0;
      case UNCHECKED, FAILED -> 1;
      case MANUAL, CONFLICT -> 2;
      case NOT_ASKED -> 3;
    };
  }

  private static double seconds(Optional<Instant> time) {
    return time.map(Instant::getEpochSecond).map(Long::doubleValue).orElse(Double.NaN);
  }

  /** Begins no more, and breaks off what is under way: whoever comes next makes it again. */
  @Override
  public void close() {
    closed = true;
    List<Thread> running = List.copyOf(busy.values());
    running.forEach(Thread::interrupt);
    try {
      for (Thread thread : running) {
        if (!thread.join(GRACE)) {
          log.atWarn().log("The {} does not end; the host stops all the same", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
