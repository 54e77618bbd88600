package io.cloudconnector.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.api.WebhookReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The host's webhook address on a free port of 127.0.0.1, for a vendor that sends for real, such as
 * a simulated cloud. Leads to {@link FakeContext#intake}, and so to {@link FakeContext#store}.
 * Thread-safe.
 */
public final class FakeAddress implements AutoCloseable {
  private final HttpServer server;
  private final FakeContext context;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();

  private FakeAddress(HttpServer server, FakeContext context) {
    this.server = server;
    this.context = context;
  }

  /** Opens the port. */
  public static FakeAddress of(FakeContext context) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeAddress address = new FakeAddress(http, context);
      http.setExecutor(address.threads);
      http.createContext("/", address::handle);
      http.start();
      return address;
    } catch (IOException e) {
      throw new UncheckedIOException("no port of 127.0.0.1 could be opened", e);
    }
  }

  /** Where the vendor should send. */
  public URI url() {
    int port = server.getAddress().getPort();
    return URI.create("http://127.0.0.1:" + port + "/webhooks/" + context.config().vendor());
  }

  /** What was answered so far. */
  public List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      WebhookReply reply = context.intake().receive(read(exchange));
      statuses.add(reply.status());
      byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
      reply.mediaType().ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private FakeWebhook read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return FakeWebhook.of(
        exchange.getRequestMethod(),
        url().resolve(exchange.getRequestURI()),
        headers,
        exchange.getRequestBody().readAllBytes(),
        context.clock().instant());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
