package io.cloudconnector.host.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final VendorType ACME = new VendorType("acme");

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  private void assertScraped(String... lines) {
    assertThat(metrics.scrape().lines()).contains(lines);
  }

  @Test
  void countsWebhooksAndTheirEvents() {
    metrics.webhookRequest(ACME, 200);
    metrics.webhookRequest(ACME, 200);
    metrics.webhookRequest(ACME, 401);
    metrics.eventsAccepted(ACME, 3);
    metrics.eventsDuplicate(ACME, 1);
    metrics.eventsUnclaimed(ACME, 1);
    metrics.eventsEnded(ACME, 1);
    metrics.eventsEmpty(ACME, 1);
    metrics.eventsUnreadable(ACME, 1);
    metrics.eventLogged(ACME, "data.updated");

    assertScraped(
        "connector_webhook_requests_total{status=\"200\",vendor=\"acme\"} 2.0",
        "connector_webhook_requests_total{status=\"401\",vendor=\"acme\"} 1.0",
        "connector_events_accepted_total{vendor=\"acme\"} 3.0",
        "connector_events_duplicate_total{vendor=\"acme\"} 1.0",
        "connector_events_unclaimed_total{vendor=\"acme\"} 1.0",
        "connector_events_ended_total{vendor=\"acme\"} 1.0",
        "connector_events_empty_total{vendor=\"acme\"} 1.0",
        "connector_events_unreadable_total{vendor=\"acme\"} 1.0",
        "connector_events_logged_total{type=\"data.updated\",vendor=\"acme\"} 1.0");
  }

  @Test
  void countsAndTimesFetches() {
    metrics.fetched(ACME, Metrics.Fetch.FOUND, Duration.ofMillis(70));
    metrics.fetched(ACME, Metrics.Fetch.NOT_YET, Duration.ofMillis(10));

    assertScraped(
        "connector_fetches_seconds_count{outcome=\"found\",vendor=\"acme\"} 1",
        "connector_fetches_seconds_sum{outcome=\"found\",vendor=\"acme\"} 0.07",
        "connector_fetches_seconds_bucket{outcome=\"found\",vendor=\"acme\",le=\"0.05\"} 0",
        "connector_fetches_seconds_bucket{outcome=\"found\",vendor=\"acme\",le=\"0.1\"} 1",
        "connector_fetches_seconds_count{outcome=\"not_yet\",vendor=\"acme\"} 1");
  }

  @Test
  void countsWhatBecomesOfLinks() {
    metrics.refreshed(ACME, Metrics.Refresh.DEAD);
    metrics.linkFinished(ACME, Metrics.Link.LINKED);

    assertScraped(
        "connector_refreshes_total{outcome=\"dead\",vendor=\"acme\"} 1.0",
        "connector_links_total{outcome=\"linked\",vendor=\"acme\"} 1.0");
  }

  @Test
  void countsOurAnswersByRouteAndStatus() {
    metrics.httpRequest("/v1/connections/{vendor}/{userId}", 404);

    assertScraped(
        "connector_http_requests_total"
            + "{route=\"/v1/connections/{vendor}/{userId}\",status=\"404\"} 1.0");
  }

  @Test
  void showsHowDeliveryFares() {
    metrics.delivered();
    metrics.deliveryFailed();
    metrics.deliveryFailed();
    metrics.deliveryParked();
    metrics.delivery(() -> 12, () -> 90, () -> 1, () -> 3);
    metrics.streams(() -> 4);
    metrics.purgeHeld(() -> 1);
    metrics.databaseReads(() -> 5);

    assertScraped(
        "connector_delivery_delivered_total 1.0",
        "connector_delivery_failed_attempts_total 2.0",
        "connector_delivery_parked_total 1.0",
        "connector_delivery_lag_events 12.0",
        "connector_delivery_lag_seconds 90.0",
        "connector_delivery_state 1.0",
        "connector_delivery_parked_now 3.0",
        "connector_streams_open 4.0",
        "connector_eventlog_purge_held 1.0",
        "connector_database_reads_total 5.0");
  }

  @Test
  void asksForGaugesAtEachScrape() {
    AtomicLong waiting = new AtomicLong(1);
    metrics.inbox(waiting::get, () -> 2);
    metrics.eventLog(() -> 40);

    assertScraped(
        "connector_inbox_waiting 1.0",
        "connector_inbox_dead 2.0",
        "connector_eventlog_last_seq 40.0");
    waiting.set(5);
    assertScraped("connector_inbox_waiting 5.0");
  }

  @Test
  void showsTheWayToEachVendor() {
    metrics.vendorCalls(ACME, () -> 2, () -> 5, () -> 7);

    assertScraped(
        "connector_vendor_circuit{vendor=\"acme\"} 2.0",
        "connector_vendor_calls_in_flight{vendor=\"acme\"} 5.0",
        "connector_vendor_calls_rejected_total{vendor=\"acme\"} 7.0");
  }

  @Test
  void showsHowSubscriptionsStandAndCountsUnknownTypes() {
    metrics.subscriptions(ACME, () -> 2, () -> 14, () -> 3, () -> Double.NaN);
    metrics.unknownType(ACME);

    assertScraped(
        "connector_subscriptions_state{vendor=\"acme\"} 2.0",
        "connector_subscriptions_ours{vendor=\"acme\"} 14.0",
        "connector_subscriptions_elsewhere{vendor=\"acme\"} 3.0",
        "connector_subscriptions_end_timestamp_seconds{vendor=\"acme\"} NaN",
        "connector_unknown_types_total{vendor=\"acme\"} 1.0");
  }

  @Test
  void aGaugeThatFailsSpoilsNothingElse() {
    metrics.inbox(
        () -> {
          throw new IllegalStateException("no database");
        },
        () -> 2);

    assertScraped("connector_inbox_waiting NaN", "connector_inbox_dead 2.0");
  }

  /** Whoever scrapes waits ten seconds as a rule, and then has nothing at all. */
  @Test
  void whatTheDatabaseDoesNotAnswerKeepsNothingElseWaiting() {
    CountDownLatch database = new CountDownLatch(1);
    LongSupplier hanging =
        () -> {
          awaitThe(database);
          return 1;
        };
    try (Metrics metrics = new Metrics(Duration.ofMillis(200))) {
      metrics.inbox(hanging, hanging);
      metrics.streams(() -> 3);

      assertThat(metrics.scrape().lines())
          .contains(
              "connector_inbox_waiting NaN",
              "connector_inbox_dead NaN",
              "connector_streams_open 3.0");
      database.countDown();
      assertThat(metrics.scrape().lines())
          .contains("connector_inbox_waiting 1.0", "connector_inbox_dead 1.0");
    }
  }

  private static void awaitThe(CountDownLatch database) {
    try {
      database.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void showsTheJvm() {
    assertThat(metrics.scrape())
        .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime_seconds");
  }

  @Test
  void whatIsCountedElsewhereIsStillToldAfterAGarbageCollection() {
    try (Metrics metrics = new Metrics()) {
      AtomicLong reads = new AtomicLong(7);
      metrics.databaseReads(() -> reads.get());
      System.gc();
      assertThat(metrics.scrape()).contains("connector_database_reads_total 7.0");
    }
  }
}
