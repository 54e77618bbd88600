package io.cloudconnector.host.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.host.store.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator's application that takes events, or does not. Real HTTP. Thread-safe. */
public final class Consumer implements AutoCloseable {
  /** An answer without a body, or with a very long one. */
  public record Answer(int status, Map<String, String> headers, long bodyLength) {
    public static Answer of(int status) {
      return new Answer(status, Map.of(), 0);
    }

    public Answer header(String name, String value) {
      return new Answer(status, Map.of(name, value), bodyLength);
    }
  }

  /** What came in; header names in lower case. */
  public record Request(Map<String, String> headers, Bytes body) {
    public String text() {
      return new String(body.toArray(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return JsonMapper.shared().readTree(body.toArray());
    }

    public String id() {
      return headers.getOrDefault("webhook-id", "");
    }

    public String user() {
      return json().get("userid").asString();
    }
  }

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Request> taken = new CopyOnWriteArrayList<>();
  private volatile Function<Request, Answer> answers = request -> Answer.of(204);

  public Consumer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/events?tenant=1");
  }

  /** How it answers from now on; the function may wait. */
  public void answers(Function<Request, Answer> next) {
    answers = next;
  }

  public void answers(int status) {
    answers(request -> Answer.of(status));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      requests.add(request);
      Answer answer = answers.apply(request);
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      if (answer.status() / 100 == 2) {
        taken.add(request);
      }
      exchange.sendResponseHeaders(
          answer.status(), answer.bodyLength() == 0 ? -1 : answer.bodyLength());
      for (long sent = 0; sent < answer.bodyLength(); sent += 8192) {
        exchange.getResponseBody().write(new byte[8192]);
      }
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Request(headers, Bytes.of(exchange.getRequestBody().readAllBytes()));
  }

  /** All that came in. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What was answered 2xx, in that order. */
  public List<Request> taken() {
    return List.copyOf(taken);
  }

  public List<String> takenIds() {
    return taken.stream().map(Request::id).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
