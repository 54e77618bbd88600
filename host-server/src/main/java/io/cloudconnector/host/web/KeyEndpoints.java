package io.cloudconnector.host.web;

import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.KeyRotationRow;
import io.cloudconnector.host.vault.KeyRotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which encryption keys are in use, and having all sealed under the first. */
final class KeyEndpoints {
  private final KeyRotation rotation;

  KeyEndpoints(KeyRotation rotation) {
    this.rotation = rotation;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/keys", false, exchange -> list()),
        new Route("POST", "/v1/keys/rotate", false, this::rotate));
  }

  private Reply list() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put(
        "keys",
        rotation.counts().entrySet().stream()
            .map(count -> view(count.getKey(), count.getValue()))
            .toList());
    view.put("rotation", rotation.newest().map(KeyEndpoints::view).orElse(null));
    return Reply.json(200, view);
  }

  private Map<String, Object> view(String keyId, long values) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", keyId);
    view.put("first", keyId.equals(rotation.firstKeyId()));
    view.put("configured", rotation.isConfigured(keyId));
    view.put("values", values);
    return view;
  }

  private static Map<String, Object> view(KeyRotationRow row) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("key", row.keyId());
    view.put("state", row.endedAt() == null ? "running" : "done");
    view.put("startedAt", row.startedAt().toString());
    view.put("endedAt", Values.time(row.endedAt()));
    view.put("resealed", row.resealed());
    view.put("unreadable", row.unreadable());
    return view;
  }

  private Reply rotate(Exchange exchange) {
    boolean started = rotation.start(Actor.key(exchange.caller()));
    return Reply.json(202, Map.of("started", started));
  }
}
