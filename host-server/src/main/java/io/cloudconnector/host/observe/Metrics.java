package io.cloudconnector.host.observe;

import io.cloudconnector.api.VendorType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counts what the host does, for Prometheus. Vendors stand only in label values, and only those
 * that are configured may be passed: a label value made up by a caller from outside would cost
 * memory for ever. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  /** Webhook requests by vendor and HTTP status. */
  public static final String WEBHOOK_REQUESTS = "connector.webhook.requests";

  /**
   * Events that webhooks brought and that are durable, by vendor. In a burst also those that are
   * found to be repetitions later, and then count as such too.
   */
  public static final String EVENTS_ACCEPTED = "connector.events.accepted";

  /** Events whose dedupe key was known already, by vendor. */
  public static final String EVENTS_DUPLICATE = "connector.events.duplicate";

  /** Events in the log, by vendor and type. */
  public static final String EVENTS_LOGGED = "connector.events.logged";

  /** Events of accounts that nobody linked in time, by vendor. */
  public static final String EVENTS_UNCLAIMED = "connector.events.unclaimed";

  /**
   * Changes of connections that had ended, or of accounts that their person has left since, by
   * vendor.
   */
  public static final String EVENTS_ENDED = "connector.events.ended";

  /** Changes about which the vendor, asked, gave no document, by vendor. */
  public static final String EVENTS_EMPTY = "connector.events.empty";

  /** Items of webhooks that went to quarantine, by vendor. */
  public static final String EVENTS_UNREADABLE = "connector.events.unreadable";

  /** Changes that reconciliation found and no webhook had told of, by vendor and type. */
  public static final String WEBHOOKS_MISSED = "connector.webhooks.missed";

  /** Calls into a connector and how long they took, by vendor, method and outcome. */
  public static final String CONNECTOR_CALLS = "connector.calls";

  /**
   * How a connector bears up: 0 well, 1 a method of it fails over and over, 2 switched off, 3 not
   * started.
   */
  public static final String CONNECTOR_HEALTH = "connector.health";

  /** Fetches and how long they took, by vendor and outcome. */
  public static final String FETCHES = "connector.fetches";

  /** Token refreshes by vendor and outcome. */
  public static final String REFRESHES = "connector.refreshes";

  /** Whether tokens of a vendor are not refreshed because too many links would have died. */
  public static final String REFRESHES_STOPPED = "connector.refreshes.stopped";

  /**
   * How a vendor's webhook subscriptions stand: 0 as wanted, 1 the last check failed or none was
   * made yet, 2 the operator has to act, 3 the vendor cannot reach us and is not asked.
   */
  public static final String SUBSCRIPTIONS_STATE = "connector.subscriptions.state";

  /** Those that a vendor has for us. */
  public static final String SUBSCRIPTIONS_OURS = "connector.subscriptions.ours";

  /** Those that are wanted but point elsewhere. */
  public static final String SUBSCRIPTIONS_ELSEWHERE = "connector.subscriptions.elsewhere";

  /** When the first of ours ends, in epoch seconds; NaN: none has an end. */
  public static final String SUBSCRIPTIONS_END = "connector.subscriptions.end.timestamp.seconds";

  /** Notices of resource types that the connector does not describe, by vendor. */
  public static final String UNKNOWN_TYPES = "connector.unknown.types";

  /** Finished links by vendor and outcome. */
  public static final String LINKS = "connector.links";

  /** Answers of our own HTTP interface by route and status. */
  public static final String HTTP_REQUESTS = "connector.http.requests";

  /** Wrong API keys, by whether their source was put off for too many of them. */
  public static final String WRONG_KEYS = "connector.api.wrong.keys";

  /** Accepted events not worked off. */
  public static final String INBOX_WAITING = "connector.inbox.waiting";

  /** Waiting changes that shared the fetch of an earlier one, by vendor. */
  public static final String EVENTS_MERGED = "connector.events.merged";

  /** Transactions that threads share. */
  public static final String COMMITS = "connector.database.commits";

  /** What was done in them. */
  public static final String COMMITTED_ITEMS = "connector.database.committed.items";

  /** What waits for the next of them. */
  public static final String COMMITS_WAITING = "connector.database.commits.waiting";

  /** Dead letters. */
  public static final String INBOX_DEAD = "connector.inbox.dead";

  /** Sequence number of the newest entry of the event log. */
  public static final String EVENT_LOG_LAST = "connector.eventlog.last.seq";

  /** Whether calls to a vendor go out: 0 yes, 1 only a few to try, 2 none for a while. */
  public static final String VENDOR_CIRCUIT = "connector.vendor.circuit";

  /** Calls to a vendor under way. */
  public static final String VENDOR_CALLS_IN_FLIGHT = "connector.vendor.calls.in.flight";

  /** Calls not sent because the vendor is left alone, or too many were under way. */
  public static final String VENDOR_CALLS_REJECTED = "connector.vendor.calls.rejected";

  /** Events that the delivery webhook took. */
  public static final String DELIVERED = "connector.delivery.delivered";

  /** Requests to the delivery webhook that did not end in 2xx. */
  public static final String DELIVERY_FAILED = "connector.delivery.failed.attempts";

  /** Events that the delivery webhook refused for too long. */
  public static final String DELIVERY_PARKED = "connector.delivery.parked";

  /** Those of them that are still parked. */
  public static final String DELIVERY_PARKED_NOW = "connector.delivery.parked.now";

  /** Events that the delivery webhook has not had yet, at most. */
  public static final String DELIVERY_LAG = "connector.delivery.lag.events";

  /** How old the oldest of them is. */
  public static final String DELIVERY_LAG_SECONDS = "connector.delivery.lag.seconds";

  /** 0: delivering, 1: retrying, 2: parked as a whole. */
  public static final String DELIVERY_STATE = "connector.delivery.state";

  /** Event streams that are open. */
  public static final String STREAMS_OPEN = "connector.streams.open";

  /** 1 while events that may be forgotten are kept, because the webhook has not had them. */
  public static final String PURGE_HELD = "connector.eventlog.purge.held";

  /** Look-ups in the database. */
  public static final String DATABASE_READS = "connector.database.reads";

  /** How a fetch ended. */
  public enum Fetch {
    FOUND,
    GONE,
    NOT_YET,
    /** A limit, ours or the vendor's, did not allow it. */
    LIMITED,
    /** The vendor refused these credentials, or there were none. */
    UNAUTHORIZED,
    FAILED
  }

  /** How a token refresh ended. */
  public enum Refresh {
    RENEWED,
    /** The vendor proved that the grant is over. */
    DEAD,
    /** The vendor says so, and that is not believed yet. */
    DOUBTED,
    /** Undecided; it is tried again. */
    FAILED
  }

  /** How a link ended. */
  public enum Link {
    LINKED,
    /** The person said no. */
    REFUSED,
    FAILED
  }

  private static final Duration[] FETCH_BUCKETS = {
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  /** Well below the ten seconds that whoever scrapes waits as a rule. */
  private static final Duration SCRAPE_PATIENCE = Duration.ofSeconds(3);

  private final ScrapePatience patience;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  /** Function counters forget who tells them, unless somebody else remembers. */
  private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();

  /** With the basics of the JVM and the process. */
  public Metrics() {
    this(SCRAPE_PATIENCE);
  }

  Metrics(Duration scrapePatience) {
    patience = new ScrapePatience(scrapePatience);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  public void webhookRequest(VendorType vendor, int status) {
    count(WEBHOOK_REQUESTS, vendor, "status", String.valueOf(status));
  }

  public void eventsAccepted(VendorType vendor, int events) {
    registry.counter(EVENTS_ACCEPTED, "vendor", vendor.name()).increment(events);
  }

  public void eventsDuplicate(VendorType vendor, int events) {
    registry.counter(EVENTS_DUPLICATE, "vendor", vendor.name()).increment(events);
  }

  /**
   * Counts changes that no webhook had told of.
   *
   * @param resourceType one that the connector describes
   */
  public void webhooksMissed(VendorType vendor, String resourceType, long changes) {
    registry
        .counter(WEBHOOKS_MISSED, "vendor", vendor.name(), "resource_type", resourceType)
        .increment((double) changes);
  }

  /** Counts an event that became visible to the operator. */
  public void eventLogged(VendorType vendor, String type) {
    count(EVENTS_LOGGED, vendor, "type", type);
  }

  public void eventsMerged(VendorType vendor, int events) {
    registry.counter(EVENTS_MERGED, "vendor", vendor.name()).increment(events);
  }

  public void eventsUnclaimed(VendorType vendor, int events) {
    registry.counter(EVENTS_UNCLAIMED, "vendor", vendor.name()).increment(events);
  }

  public void eventsEnded(VendorType vendor, int events) {
    registry.counter(EVENTS_ENDED, "vendor", vendor.name()).increment(events);
  }

  public void eventsEmpty(VendorType vendor, int events) {
    registry.counter(EVENTS_EMPTY, "vendor", vendor.name()).increment(events);
  }

  public void eventsUnreadable(VendorType vendor, int items) {
    registry.counter(EVENTS_UNREADABLE, "vendor", vendor.name()).increment(items);
  }

  public void fetched(VendorType vendor, Fetch outcome, Duration took) {
    Timer.builder(FETCHES)
        .tag("vendor", vendor.name())
        .tag("outcome", label(outcome))
        .serviceLevelObjectives(FETCH_BUCKETS)
        .register(registry)
        .record(took);
  }

  public void refreshed(VendorType vendor, Refresh outcome) {
    count(REFRESHES, vendor, "outcome", label(outcome));
  }

  public void linkFinished(VendorType vendor, Link outcome) {
    count(LINKS, vendor, "outcome", label(outcome));
  }

  /**
   * Counts an answer of our own.
   *
   * @param route the pattern that matched, such as {@code /v1/connections/{vendor}/{userId}}; never
   *     the path that was asked for
   */
  public void httpRequest(String route, int status) {
    registry.counter(HTTP_REQUESTS, "route", route, "status", String.valueOf(status)).increment();
  }

  public void wrongKey(boolean putOff) {
    registry.counter(WRONG_KEYS, "answer", putOff ? "429" : "401").increment();
  }

  /** Shows the inbox; both are asked at each scrape and must be cheap. */
  public void inbox(LongSupplier waiting, LongSupplier dead) {
    gauge(INBOX_WAITING, asked(waiting));
    gauge(INBOX_DEAD, asked(dead));
  }

  /** Shows how writes share commits. */
  public void groupCommit(LongSupplier commits, LongSupplier items, LongSupplier waiting) {
    counter(COMMITS, Tags.empty(), commits);
    counter(COMMITTED_ITEMS, Tags.empty(), items);
    gauge(COMMITS_WAITING, waiting);
  }

  /** Shows how far the event log is; asked at each scrape and must be cheap. */
  public void eventLog(LongSupplier lastSeq) {
    gauge(EVENT_LOG_LAST, asked(lastSeq));
  }

  /** Times the calls of one method of a connector. */
  public CallMeter connectorCalls(VendorType vendor, String method) {
    return new CallMeter(registry, Tags.of("vendor", vendor.name(), "method", method));
  }

  /** Shows how a connector bears up; asked at each scrape and must be cheap. */
  public void connectorHealth(VendorType vendor, IntSupplier health) {
    gauge(CONNECTOR_HEALTH, vendor, health);
  }

  /** Shows the way to a vendor; asked at each scrape and must be cheap. */
  public void vendorCalls(
      VendorType vendor, IntSupplier circuit, IntSupplier inFlight, LongSupplier rejected) {
    gauge(VENDOR_CIRCUIT, vendor, circuit);
    gauge(VENDOR_CALLS_IN_FLIGHT, vendor, inFlight);
    counter(VENDOR_CALLS_REJECTED, Tags.of("vendor", vendor.name()), rejected);
  }

  /** Shows whether refreshes of a vendor are stopped; asked at each scrape and must be cheap. */
  public void refreshesStopped(VendorType vendor, IntSupplier stopped) {
    gauge(REFRESHES_STOPPED, vendor, patience.bound(stopped::getAsInt));
  }

  /** Shows a vendor's subscriptions; all are asked at each scrape and must be cheap. */
  public void subscriptions(
      VendorType vendor,
      IntSupplier state,
      IntSupplier ours,
      IntSupplier elsewhere,
      DoubleSupplier end) {
    gauge(SUBSCRIPTIONS_STATE, vendor, patience.bound(state::getAsInt));
    gauge(SUBSCRIPTIONS_OURS, vendor, patience.bound(ours::getAsInt));
    gauge(SUBSCRIPTIONS_ELSEWHERE, vendor, patience.bound(elsewhere::getAsInt));
    gauge(SUBSCRIPTIONS_END, vendor, patience.bound(end));
  }

  public void unknownType(VendorType vendor) {
    registry.counter(UNKNOWN_TYPES, "vendor", vendor.name()).increment();
  }

  private void gauge(String name, VendorType vendor, IntSupplier value) {
    gauge(name, vendor, (DoubleSupplier) value::getAsInt);
  }

  private void gauge(String name, VendorType vendor, DoubleSupplier value) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .tag("vendor", vendor.name())
        .strongReference(true)
        .register(registry);
  }

  public void delivered() {
    registry.counter(DELIVERED).increment();
  }

  public void deliveryFailed() {
    registry.counter(DELIVERY_FAILED).increment();
  }

  public void deliveryParked() {
    registry.counter(DELIVERY_PARKED).increment();
  }

  /** Shows how the delivery webhook fares; all are asked at each scrape and must be cheap. */
  public void delivery(
      LongSupplier lag, LongSupplier lagSeconds, LongSupplier state, LongSupplier parkedNow) {
    gauge(DELIVERY_LAG, asked(lag));
    gauge(DELIVERY_LAG_SECONDS, asked(lagSeconds));
    gauge(DELIVERY_STATE, asked(state));
    gauge(DELIVERY_PARKED_NOW, asked(parkedNow));
  }

  /** Shows how many event streams are open. */
  public void streams(LongSupplier open) {
    gauge(STREAMS_OPEN, open);
  }

  /** Shows whether the purge of the event log is held back. */
  public void purgeHeld(LongSupplier held) {
    gauge(PURGE_HELD, held);
  }

  /** Shows how often the database was looked into. */
  public void databaseReads(LongSupplier reads) {
    counter(DATABASE_READS, Tags.empty(), reads);
  }

  private void count(String name, VendorType vendor, String label, String value) {
    Counter.builder(name)
        .tag("vendor", vendor.name())
        .tag(label, value)
        .register(registry)
        .increment();
  }

  private void counter(String name, Tags tags, LongSupplier value) {
    sources.add(value);
    FunctionCounter.builder(name, value, LongSupplier::getAsLong).tags(tags).register(registry);
  }

  private void gauge(String name, LongSupplier value) {
    gauge(name, (DoubleSupplier) value::getAsLong);
  }

  private void gauge(String name, DoubleSupplier value) {
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .strongReference(true)
        .register(registry);
  }

  private DoubleSupplier asked(LongSupplier value) {
    return patience.bound(value::getAsLong);
  }

  private static String label(Enum<?> outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /**
   * All of it in Prometheus' text form, version 0.0.4. What cannot be found out within a few
   * seconds is {@code NaN}.
   */
  public String scrape() {
    return patience.during(registry::scrape);
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
