package io.cloudconnector.host.history;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.StoredConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a connector can list, and what of that a person has granted. */
public final class HistoryTypes {
  private HistoryTypes() {}

  /** Whether the connector lists anything at all. */
  public static boolean isGivenBy(RunningConnector connector) {
    return connector.connector().history().isPresent();
  }

  /** A type that the connector lists. */
  public static Optional<ResourceType> find(RunningConnector connector, String name) {
    return Optional.ofNullable(connector.descriptor().resources().get(name))
        .filter(ResourceType::hasHistory)
        .filter(_ -> isGivenBy(connector));
  }

  /** All that the connector lists, by name. */
  public static List<ResourceType> all(RunningConnector connector) {
    return connector.descriptor().resources().keySet().stream()
        .flatMap(name -> find(connector, name).stream())
        .sorted(Comparator.comparing(ResourceType::name))
        .toList();
  }

  /** Those of them that the operator wants kept in step. */
  static List<ResourceType> wanted(RunningConnector connector) {
    return all(connector).stream()
        .filter(type -> connector.sync().resourceTypes().contains(type.name()))
        .toList();
  }

  /** Whether the person allowed it. */
  public static boolean isGranted(ResourceType type, StoredConnection connection) {
    return connection.scopes().containsAll(type.scopes());
  }
}
