package io.cloudconnector.host.config;

import io.cloudconnector.api.VendorType;
import java.util.Map;
import java.util.Objects;

/** All that the operator configured. Immutable. */
public record Settings(
    ServerSettings server,
    DatabaseSettings database,
    PluginSettings plugins,
    SecuritySettings security,
    Map<VendorType, ConnectorSettings> connectors,
    InboxSettings inbox,
    AuditSettings audit,
    DeliverySettings delivery) {
  public Settings {
    Objects.requireNonNull(server);
    Objects.requireNonNull(database);
    Objects.requireNonNull(plugins);
    Objects.requireNonNull(security);
    connectors = Map.copyOf(connectors);
    Objects.requireNonNull(inbox);
    Objects.requireNonNull(audit);
    Objects.requireNonNull(delivery);
  }
}
