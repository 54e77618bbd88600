package io.cloudconnector.core;

import io.cloudconnector.api.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A webhook request as a test writes it down. Immutable; each wither returns a copy. */
final class TestRequest implements WebhookRequest {
  private final String method;
  private final SortedMap<String, String> headers;
  private final byte[] body;

  private TestRequest(String method, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.body = body;
  }

  static TestRequest post(String body) {
    return new TestRequest("POST", Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  static TestRequest of(String method) {
    return new TestRequest(method, Map.of(), new byte[0]);
  }

  TestRequest with(String name, String value) {
    TestRequest more = new TestRequest(method, headers, body);
    more.headers.put(name, value);
    return more;
  }

  TestRequest without(String name) {
    TestRequest fewer = new TestRequest(method, headers, body);
    fewer.headers.remove(name);
    return fewer;
  }

  TestRequest body(byte[] other) {
    return new TestRequest(method, headers, other.clone());
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public URI externalUrl() {
    return URI.create("https://connect.example.com/webhooks/acme?key=1");
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public Instant receivedAt() {
    return TestVendor.NOW;
  }
}
