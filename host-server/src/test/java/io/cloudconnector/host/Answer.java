package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.host.store.Bytes;
import java.net.http.HttpHeaders;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the host answered. */
record Answer(int status, HttpHeaders headers, Bytes content) {
  private static final JsonMapper JSON = JsonMapper.shared();

  byte[] body() {
    return content.toArray();
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  String text() {
    return new String(body(), UTF_8);
  }

  JsonNode json() {
    return JSON.readTree(body());
  }

  /** The {@code type} of problem details; empty for anything else. */
  String problem() {
    boolean problem = header("Content-Type").orElse("").startsWith("application/problem+json");
    return problem ? json().get("type").asString() : "";
  }

  /** Where a redirect leads. */
  String location() {
    return header("Location").orElseThrow(() -> new AssertionError("no redirect: " + status));
  }
}
