package io.cloudconnector.host;

import io.cloudconnector.host.store.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Calls the host as an application does, and holds every answer against the description. */
final class Api {
  private final HttpClient http;
  private final URI host;
  private final OpenApi description;
  private final Consumer<HttpRequest.Builder> key;
  private final List<String> seen;

  private Api(
      HttpClient http,
      URI host,
      OpenApi description,
      Consumer<HttpRequest.Builder> key,
      List<String> seen) {
    this.http = http;
    this.host = host;
    this.description = description;
    this.key = key;
    this.seen = seen;
  }

  Api(HttpClient http, URI host, OpenApi description) {
    this(http, host, description, request -> {}, new CopyOnWriteArrayList<>());
  }

  Api withKey(String text) {
    return new Api(
        http,
        host,
        description,
        request -> request.setHeader("Authorization", "Bearer " + text),
        seen);
  }

  Api withoutKey() {
    return new Api(http, host, description, request -> {}, seen);
  }

  /** Where the host is, without a slash at its end. */
  URI address() {
    return host;
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  Answer post(String path) {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  Answer post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  Answer postForm(String path, String form) {
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host + path));
    key.accept(request);
    return request;
  }

  Answer send(HttpRequest.Builder building) {
    HttpRequest request = building.build();
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Answer answer =
          new Answer(response.statusCode(), response.headers(), Bytes.of(response.body()));
      seen.add(response.headers().map() + "\n" + answer.text());
      description.check(request.method(), request.uri().getRawPath(), answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling the host", e);
    }
  }

  /** Headers and bodies of all answers so far, of this client and those made from it. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** All events in the log. */
  List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    get("/v1/events?limit=1000").json().get("events").forEach(events::add);
    return events;
  }

  List<JsonNode> events(String type) {
    return events().stream().filter(event -> event.get("type").asString().equals(type)).toList();
  }

  /** Waits for exactly so many events of a type. */
  List<JsonNode> awaitEvents(String type, int count) {
    return Awaitility.await()
        .alias(count + " x " + type)
        .until(() -> events(type), events -> events.size() == count);
  }

  JsonNode deadLetters() {
    return get("/v1/dead-letters").json().get("deadLetters");
  }

  /** What the host says of a vendor's connector. */
  JsonNode connector(String vendor) {
    for (JsonNode connector : get("/v1/connectors").json().get("connectors")) {
      if (connector.get("vendor").asString().equals(vendor)) {
        return connector;
      }
    }
    throw new AssertionError("no connector of " + vendor);
  }

  /** The address of a connection to Acme. */
  static String connection(String userId) {
    return "/v1/connections/acme/" + segment(userId);
  }

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
