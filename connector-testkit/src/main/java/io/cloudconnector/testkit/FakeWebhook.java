package io.cloudconnector.testkit;

import io.cloudconnector.api.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request at a webhook address, as the host would hand it on. Immutable; withers return copies.
 */
public final class FakeWebhook implements WebhookRequest {
  private static final URI ADDRESS = URI.create("https://connect.example.com/webhooks/vendor");

  private final String method;
  private final URI externalUrl;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Instant receivedAt;

  private FakeWebhook(
      String method,
      URI externalUrl,
      Map<String, String> headers,
      byte[] body,
      Instant receivedAt) {
    this.method = method;
    this.externalUrl = externalUrl;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.body = body;
    this.receivedAt = receivedAt;
  }

  static FakeWebhook of(
      String method, URI url, Map<String, String> headers, byte[] body, Instant receivedAt) {
    return new FakeWebhook(method, url, headers, body, receivedAt);
  }

  public static FakeWebhook post(byte[] body, Instant receivedAt) {
    return new FakeWebhook("POST", ADDRESS, Map.of(), body.clone(), receivedAt);
  }

  public static FakeWebhook get(String rawQuery, Instant receivedAt) {
    return new FakeWebhook(
        "GET", URI.create(ADDRESS + "?" + rawQuery), Map.of(), new byte[0], receivedAt);
  }

  public FakeWebhook header(String name, String value) {
    FakeWebhook copy = new FakeWebhook(method, externalUrl, headers, body, receivedAt);
    copy.headers.put(name, value);
    return copy;
  }

  public FakeWebhook withoutHeader(String name) {
    FakeWebhook copy = new FakeWebhook(method, externalUrl, headers, body, receivedAt);
    copy.headers.remove(name);
    return copy;
  }

  public FakeWebhook body(byte[] bytes) {
    return new FakeWebhook(method, externalUrl, headers, bytes.clone(), receivedAt);
  }

  public Map<String, String> headers() {
    return Map.copyOf(headers);
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
    return FormText.only(Optional.ofNullable(externalUrl.getRawQuery()).orElse(""), name);
  }

  @Override
  public URI externalUrl() {
    return externalUrl;
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public Instant receivedAt() {
    return receivedAt;
  }
}
