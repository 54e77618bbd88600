package io.cloudconnector.host.sync;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.FoundSubscriptions;
import io.cloudconnector.host.store.StoredSubscription;
import io.cloudconnector.host.store.SubscriptionRow;
import io.cloudconnector.host.store.SubscriptionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of subscriptions that are about to end and were not renewed; one host of many does. */
final class LapseWatch {
  private static final Logger log = LoggerFactory.getLogger(LapseWatch.class);
  private static final Duration PAUSE = Duration.ofHours(6);

  private final SubscriptionStore checks;
  private final FoundSubscriptions subscriptions;
  private final InstantSource clock;

  LapseWatch(Database database, InstantSource clock) {
    this.checks = new SubscriptionStore(database);
    this.subscriptions = new FoundSubscriptions(database);
    this.clock = clock;
  }

  void look(SubscribedVendor vendor) {
    List<StoredSubscription> lapsing = subscriptions.lapsing(vendor.vendor(), clock.instant());
    if (!lapsing.isEmpty() && checks.tellLapse(vendor.vendor(), clock.instant(), PAUSE)) {
      log.atError()
          .addKeyValue("vendor", vendor.vendor())
          .log(
              "Webhook subscriptions end at {} and are not renewed: {} ({}). From then on no webhook"
                  + " tells of these, and only reconciliation finds what changes; see GET"
                  + " /v1/connectors/{}/subscriptions",
              lapsing.getFirst().expiresAt(),
              lapsing.stream()
                  .map(StoredSubscription::resourceType)
                  .distinct()
                  .collect(Collectors.joining(", ")),
              checks
                  .find(vendor.vendor())
                  .map(SubscriptionRow::lastError)
                  .orElse("the last check left them as they were"),
              vendor.vendor());
    }
  }
}
