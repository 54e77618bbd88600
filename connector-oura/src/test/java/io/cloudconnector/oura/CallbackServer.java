package io.cloudconnector.oura;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The host's webhook address on a free port of 127.0.0.1, with nothing of a host behind it. */
final class CallbackServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();

  private CallbackServer(HttpServer server) {
    this.server = server;
  }

  static CallbackServer start(InstantSource clock, Function<WebhookRequest, WebhookReply> intake)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    CallbackServer callback = new CallbackServer(http);
    http.setExecutor(callback.threads);
    http.createContext("/", exchange -> callback.handle(exchange, clock, intake));
    http.start();
    return callback;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/oura");
  }

  /** What was answered so far. */
  List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  private void handle(
      HttpExchange exchange, InstantSource clock, Function<WebhookRequest, WebhookReply> intake)
      throws IOException {
    try (exchange) {
      WebhookReply reply =
          intake.apply(
              new Incoming(exchange, exchange.getRequestBody().readAllBytes(), clock.instant()));
      statuses.add(reply.status());
      byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
      reply.mediaType().ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static final class Incoming implements WebhookRequest {
    private final HttpExchange exchange;
    private final byte[] body;
    private final Instant receivedAt;

    private Incoming(HttpExchange exchange, byte[] body, Instant receivedAt) {
      this.exchange = exchange;
      this.body = body;
      this.receivedAt = receivedAt;
    }

    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    @Override
    public Optional<String> query(String name) {
      return queries(name).stream().findFirst();
    }

    @Override
    public URI externalUrl() {
      return exchange.getRequestURI();
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

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
