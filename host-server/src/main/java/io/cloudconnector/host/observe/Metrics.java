package io.cloudconnector.host.observe;

import io.cloudconnector.api.VendorType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
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
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Counts what the host does, for Prometheus. Vendors stand only in label values, and only those
 * that are configured may be passed: a label value made up by a caller from outside would cost
 * memory for ever. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  /** Webhook requests by vendor and HTTP status. */
  public static final String WEBHOOK_REQUESTS = "connector.webhook.requests";

  /** Events that webhooks brought and that are durable, by vendor. */
  public static final String EVENTS_ACCEPTED = "connector.events.accepted";

  /** Events whose dedupe key was known already, by vendor. */
  public static final String EVENTS_DUPLICATE = "connector.events.duplicate";

  /** Events in the log, by vendor and type. */
  public static final String EVENTS_LOGGED = "connector.events.logged";

  /** Events of accounts that nobody linked in time, by vendor. */
  public static final String EVENTS_UNCLAIMED = "connector.events.unclaimed";

  /** Items of webhooks that went to quarantine, by vendor. */
  public static final String EVENTS_UNREADABLE = "connector.events.unreadable";

  /** Fetches and how long they took, by vendor and outcome. */
  public static final String FETCHES = "connector.fetches";

  /** Token refreshes by vendor and outcome. */
  public static final String REFRESHES = "connector.refreshes";

  /** Finished links by vendor and outcome. */
  public static final String LINKS = "connector.links";

  /** Answers of our own HTTP interface by route and status. */
  public static final String HTTP_REQUESTS = "connector.http.requests";

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

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  /** With the basics of the JVM and the process. */
  public Metrics() {
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

  /** Shows the inbox; both are asked at each scrape and must be cheap. */
  public void inbox(LongSupplier waiting, LongSupplier dead) {
    gauge(INBOX_WAITING, waiting);
    gauge(INBOX_DEAD, dead);
  }

  /** Shows how writes share commits. */
  public void groupCommit(LongSupplier commits, LongSupplier items, LongSupplier waiting) {
    counter(COMMITS, commits);
    counter(COMMITTED_ITEMS, items);
    gauge(COMMITS_WAITING, waiting);
  }

  /** Shows how far the event log is; asked at each scrape and must be cheap. */
  public void eventLog(LongSupplier lastSeq) {
    gauge(EVENT_LOG_LAST, lastSeq);
  }

  private void count(String name, VendorType vendor, String label, String value) {
    Counter.builder(name)
        .tag("vendor", vendor.name())
        .tag(label, value)
        .register(registry)
        .increment();
  }

  private void counter(String name, LongSupplier value) {
    FunctionCounter.builder(name, value, LongSupplier::getAsLong).register(registry);
  }

  private void gauge(String name, LongSupplier value) {
    Gauge.builder(name, value, LongSupplier::getAsLong).strongReference(true).register(registry);
  }

  private static String label(Enum<?> outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** All of it in Prometheus' text form, version 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }
}
