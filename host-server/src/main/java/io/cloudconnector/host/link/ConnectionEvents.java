package io.cloudconnector.host.link;

import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the operator is told about a connection itself. */
final class ConnectionEvents {
  static final String REMOVED = "connection.removed";

  private static final JsonMapper JSON = JsonMapper.shared();

  private ConnectionEvents() {}

  /**
   * Linked, or linked again.
   *
   * @param missing scopes that were asked for and not granted
   */
  static NewEvent linked(StoredConnection connection, Set<String> missing, Instant now) {
    return event(
        "connection.linked",
        connection,
        now,
        data -> {
          linked(connection, data);
          missing.stream().sorted().forEach(data.putArray("missingScopes")::add);
        });
  }

  /** The link is as good as before: that its end was told was an error. */
  static NewEvent restored(StoredConnection connection, Instant now) {
    return event(
        "connection.linked",
        connection,
        now,
        data -> {
          linked(connection, data);
          data.put("restored", true);
        });
  }

  private static void linked(StoredConnection connection, ObjectNode data) {
    connection.accountIds().stream().sorted().forEach(data.putArray("accountIds")::add);
    connection.scopes().stream().sorted().forEach(data.putArray("scopes")::add);
  }

  static NewEvent reauthorizationRequired(
      StoredConnection connection, String reason, Optional<String> detail, Instant now) {
    return event(
        "connection.reauthorization_required",
        connection,
        now,
        data -> {
          data.put("reason", reason);
          detail.ifPresent(words -> data.put("detail", words));
        });
  }

  static NewEvent removed(StoredConnection connection, Instant now) {
    return event(REMOVED, connection, now, data -> {});
  }

  private static NewEvent event(
      String type, StoredConnection connection, Instant now, Consumer<ObjectNode> fill) {
    ObjectNode data = JSON.createObjectNode();
    fill.accept(data);
    return new NewEvent(
        UUID.randomUUID().toString(),
        type,
        connection.vendor(),
        connection.userId(),
        connection.userId(),
        null,
        null,
        null,
        null,
        now,
        "application/json",
        Bytes.of(JSON.writeValueAsBytes(data)));
  }
}
