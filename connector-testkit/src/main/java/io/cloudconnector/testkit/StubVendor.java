package io.cloudconnector.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.api.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A vendor on a free port of 127.0.0.1 that answers what a test wrote down, and remembers what it
 * was asked. A request that nobody wrote an answer for gets 501 with words that say what to write;
 * asked through a {@link FakeContext}, these words end the test. Thread-safe.
 */
public final class StubVendor implements AutoCloseable {
  /** Stands for every method in {@link #on}. */
  public static final String ANY = "*";

  private static final String UNSCRIPTED = "X-Stub-Vendor-Unscripted";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Deque<StubReply>> script = new HashMap<>();
  private final List<RecordedCall> calls = new CopyOnWriteArrayList<>();
  private volatile Consumer<RecordedCall> listener = call -> {};

  private StubVendor(HttpServer server) {
    this.server = server;
  }

  /** Opens the port. */
  public static StubVendor start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      StubVendor vendor = new StubVendor(server);
      server.setExecutor(vendor.threads);
      server.createContext("/", vendor::handle);
      server.start();
      return vendor;
    } catch (IOException e) {
      throw new UncheckedIOException("no port of 127.0.0.1 could be opened", e);
    }
  }

  /** The full address of a path. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /**
   * Writes down answers, in place of those written before for the same address.
   *
   * @param method in capitals, or {@link #ANY}
   * @param path encoded, without a query: the queries do not matter
   * @param replies one after another; the last one again and again
   */
  public synchronized StubVendor on(String method, String path, StubReply... replies) {
    script.put(method + " " + path, new ArrayDeque<>(List.of(replies)));
    return this;
  }

  /** From now on does this with each call before it is answered. */
  public void whenCalled(Consumer<RecordedCall> action) {
    listener = action;
  }

  /** What came in, in its order. */
  public List<RecordedCall> calls() {
    return List.copyOf(calls);
  }

  /** What came in at one path. */
  public List<RecordedCall> calls(String path) {
    return calls.stream().filter(call -> call.path().equals(path)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      RecordedCall call = recorded(exchange);
      calls.add(call);
      listener.accept(call);
      answer(exchange, next(call));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RecordedCall recorded(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new RecordedCall(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private synchronized StubReply next(RecordedCall call) {
    Deque<StubReply> replies = script.get(call.method() + " " + call.path());
    if (replies == null) {
      replies = script.get(ANY + " " + call.path());
    }
    if (replies == null || replies.isEmpty()) {
      return StubReply.of(501, "text/plain", help(call).getBytes(UTF_8)).header(UNSCRIPTED, "true");
    }
    return replies.size() == 1 ? replies.getFirst() : replies.removeFirst();
  }

  private String help(RecordedCall call) {
    return """
        The stub of the vendor was asked %s, for which no answer is written down.
        Written down are: %s.
        In a test of your own: vendor.on("%s", "%s", StubReply.json(200, "{}")).
        In a ConnectorContract: a sample shows the call, by Exchange.get("PATH", "{}") or
        new Exchange("ENDPOINT", "%s", "PATH", reply), where the path begins with /ENDPOINT.\
        """
        .formatted(
            call,
            script.isEmpty() ? "none" : String.join(", ", new TreeSet<>(script.keySet())),
            call.method(),
            call.path(),
            call.method());
  }

  /** The reply, unless nobody wrote it down: then there is no use in going on. */
  static HttpReply scripted(HttpReply reply) {
    if (reply.header(UNSCRIPTED).isPresent()) {
      throw new AssertionError(new String(reply.body(), UTF_8));
    }
    return reply;
  }

  private void answer(HttpExchange exchange, StubReply reply)
      throws IOException, InterruptedException {
    if (reply.manner() == StubReply.Manner.NEVER) {
      closed.await();
      return;
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body();
    if (body.length == 0) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    boolean whole = reply.manner() == StubReply.Manner.WHOLE;
    exchange.getResponseBody().write(body, 0, whole ? body.length : body.length / 2);
  }

  /** Ends all answers under way. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }
}
