package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.Faults;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.RequestLog;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Cirrus' cloud: subscriptions, each tested at its address before it is made. Thread-safe. */
final class CirrusCloud implements AutoCloseable {
  static final Duration LIFE = Duration.ofDays(90);

  private final SimulatedServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Made> subscriptions = new ConcurrentHashMap<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  /** Where the public address leads to. */
  private volatile URI host = URI.create("http://127.0.0.1:1");

  private volatile Runnable whileCalledBack = () -> {};

  record Made(String id, String type, String url, Instant ends) {
    String json() {
      return JsonText.object()
          .text("id", id)
          .text("type", type)
          .text("url", url)
          .text("ends", ends.toString())
          .toString();
    }
  }

  CirrusCloud(InstantSource clock) {
    this.clock = clock;
    this.server = new SimulatedServer(clock);
    server.route("GET", "/subscriptions", request -> list());
    server.route("POST", "/subscriptions", this::create);
    server.route("PUT", "/subscriptions/{id}", this::renew);
    server.route("DELETE", "/subscriptions/{id}", this::delete);
    server.start();
  }

  private SimulatedReply list() {
    return SimulatedReply.json(
        200,
        subscriptions().stream()
            .map(Made::json)
            .collect(Collectors.joining(",", "{\"data\":[", "]}")));
  }

  private SimulatedReply create(SimulatedRequest request) {
    Map<String, String> form = request.form();
    String token = form.getOrDefault("token", "");
    String type = form.getOrDefault("type", "");
    String url = form.getOrDefault("url", "");
    tokens.add(token);
    String challenge = UUID.randomUUID().toString();
    if (!ask(URI.create(url).getPath(), token, challenge).equals(challenge)) {
      return SimulatedReply.text(422, "the address did not answer the challenge");
    }
    return SimulatedReply.json(201, add(type, url).json());
  }

  private String ask(String path, String token, String challenge) {
    whileCalledBack.run();
    String query = "?token=" + URLEncoder.encode(token, UTF_8) + "&challenge=" + challenge;
    HttpRequest call = HttpRequest.newBuilder(URI.create(host + path + query)).build();
    try {
      return http.send(call, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while testing the address", e);
    }
  }

  /** One more subscription, whoever wanted it. */
  Made add(String type, String url) {
    Made made = new Made(UUID.randomUUID().toString(), type, url, clock.instant().plus(LIFE));
    subscriptions.put(made.id(), made);
    return made;
  }

  private SimulatedReply renew(SimulatedRequest request) {
    Made renewed =
        subscriptions.computeIfPresent(
            request.part("id"),
            (id, made) -> new Made(id, made.type(), made.url(), clock.instant().plus(LIFE)));
    return renewed == null ? SimulatedReply.empty(403) : SimulatedReply.json(200, renewed.json());
  }

  private SimulatedReply delete(SimulatedRequest request) {
    return SimulatedReply.empty(subscriptions.remove(request.part("id")) == null ? 403 : 204);
  }

  /** What it has, by type. */
  List<Made> subscriptions() {
    return subscriptions.values().stream().sorted(Comparator.comparing(Made::type)).toList();
  }

  List<String> types() {
    return subscriptions().stream().map(Made::type).toList();
  }

  /** Forgets all of a type, as vendors do now and then. */
  void drop(String type) {
    subscriptions.values().removeIf(made -> made.type().equals(type));
  }

  /** The verification tokens that it was ever given. */
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  /** The host that its tests of an address reach. */
  void reach(URI address) {
    host = address;
  }

  URI reached() {
    return host;
  }

  void whileCalledBack(Runnable what) {
    whileCalledBack = what;
  }

  Faults faults() {
    return server.faults();
  }

  RequestLog requests() {
    return server.requests();
  }

  URI url() {
    return server.url("");
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
  }
}
