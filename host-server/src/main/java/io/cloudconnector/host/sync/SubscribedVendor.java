package io.cloudconnector.host.sync;

import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.Loopback;
import io.cloudconnector.host.plugin.RunningConnector;
import java.net.URI;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A vendor whose webhooks are registered by its API.
 *
 * @param connector for whom
 * @param role its part of the connector
 * @param wanted what it should have
 */
public record SubscribedVendor(
    RunningConnector connector, Subscriptions role, SubscriptionRequest wanted) {
  /** Empty where the connector has no such role. */
  static Optional<SubscribedVendor> of(RunningConnector connector, URI publicUrl) {
    return connector
        .connector()
        .subscriptions()
        .map(
            role ->
                new SubscribedVendor(
                    connector, role, WantedSubscriptions.of(connector, publicUrl)));
  }

  public VendorType vendor() {
    return connector.vendor();
  }

  /** Where the vendor should send. */
  public URI callbackUrl() {
    return wanted.callbackUrl();
  }

  /** What it should tell of, in order. */
  public TreeSet<String> wantedTypes() {
    return new TreeSet<>(wanted.wantedTypes());
  }

  /** Whether the vendor can call us: only one on this machine reaches an address of it. */
  boolean canReachUs() {
    return !Loopback.is(wanted.callbackUrl().getHost())
        || connector.config().endpoint("base").map(URI::getHost).filter(Loopback::is).isPresent();
  }

  /** Is another when something else is wanted, of another vendor, or for another application. */
  String fingerprint() {
    String client = connector.descriptor().needsClient() ? connector.config().clientId() : "";
    return String.join(
        "\n",
        wanted.callbackUrl().toString(),
        String.join(" ", wantedTypes()),
        Boolean.toString(wanted.takeOver()),
        connector.config().endpoint("base").map(URI::toString).orElse(""),
        client);
  }
}
