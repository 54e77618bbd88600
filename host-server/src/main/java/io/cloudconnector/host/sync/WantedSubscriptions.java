package io.cloudconnector.host.sync;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.host.config.SyncSettings;
import io.cloudconnector.host.plugin.RunningConnector;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The subscriptions that the configuration wants at one vendor, for the application as a whole. */
record WantedSubscriptions(URI callbackUrl, Set<String> wantedTypes, boolean takeOver)
    implements SubscriptionRequest {
  WantedSubscriptions {
    wantedTypes = Set.copyOf(wantedTypes);
  }

  static WantedSubscriptions of(RunningConnector connector, URI publicUrl) {
    SyncSettings sync = connector.sync();
    Set<String> types =
        connector.descriptor().resources().values().stream()
            .filter(ResourceType::hasWebhooks)
            .map(ResourceType::name)
            .filter(sync.resourceTypes()::contains)
            .collect(Collectors.toSet());
    return new WantedSubscriptions(
        URI.create(publicUrl + "/webhooks/" + connector.vendor()), types, sync.takeOver());
  }

  @Override
  public Optional<Connection> connection() {
    return Optional.empty();
  }
}
