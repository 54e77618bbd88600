package io.cloudconnector.host.sync;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.StoredSubscription;
import io.cloudconnector.host.store.SubscriptionFinding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells the log how subscriptions stand: once at each change, and once after a start. Thread-safe.
 */
final class SubscriptionNews {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionNews.class);

  private final Map<VendorType, String> told = new ConcurrentHashMap<>();

  void failed(SubscribedVendor vendor, String why, Instant next) {
    if (isNews(vendor, "failed")) {
      at(vendor, log.atWarn())
          .log(
              "The webhook subscriptions could not be checked: {}; next at {}, and then ever more"
                  + " seldom until it succeeds. What is subscribed stays so until it ends",
              why,
              next);
    }
  }

  void found(SubscribedVendor vendor, SubscriptionFinding finding) {
    switch (finding.state()) {
      case MANUAL -> manual(vendor, String.valueOf(finding.steps()));
      case CONFLICT -> conflict(vendor, String.valueOf(finding.conflict()));
      default -> upToDate(vendor, finding.subscriptions());
    }
  }

  private void manual(SubscribedVendor vendor, String steps) {
    if (isNews(vendor, "manual " + steps)) {
      at(vendor, log.atWarn())
          .log("The vendor sends no webhooks before this is done by hand: {}", steps);
    }
  }

  private void conflict(SubscribedVendor vendor, String address) {
    if (isNews(vendor, "conflict " + address)) {
      at(vendor, log.atWarn())
          .log(
              "The vendor's only webhook subscription points to {} and was left alone: no webhook"
                  + " arrives here. Remove it at the vendor, or set"
                  + " connectors.{}.takeOverSubscriptions: true and restart",
              address,
              vendor.vendor());
    }
  }

  private void upToDate(SubscribedVendor vendor, List<StoredSubscription> found) {
    List<StoredSubscription> elsewhere = found.stream().filter(one -> !one.ours()).toList();
    String addresses = joined(elsewhere, StoredSubscription::callbackUrl);
    String types = joined(elsewhere, StoredSubscription::resourceType);
    if (!isNews(vendor, "up to date " + addresses + " " + types)) {
      return;
    }
    if (elsewhere.isEmpty()) {
      at(vendor, log.atInfo())
          .log("The vendor has the {} webhook subscriptions that are wanted", found.size());
    } else {
      at(vendor, log.atWarn())
          .log(
              "Webhook subscriptions for {} point to {} and were left alone: no webhook tells of"
                  + " these here. Remove them at the vendor, or set"
                  + " connectors.{}.takeOverSubscriptions: true and restart",
              types,
              addresses,
              vendor.vendor());
    }
  }

  private boolean isNews(SubscribedVendor vendor, String standing) {
    return !Objects.equals(told.put(vendor.vendor(), standing), standing);
  }

  private static String joined(
      List<StoredSubscription> found, Function<StoredSubscription, String> word) {
    return found.stream().map(word).distinct().sorted().collect(Collectors.joining(", "));
  }

  private static LoggingEventBuilder at(SubscribedVendor vendor, LoggingEventBuilder line) {
    return line.addKeyValue("vendor", vendor.vendor());
  }
}
