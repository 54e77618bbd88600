package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorHttpClientTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountingGate gate = new CountingGate();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private VendorHttpClient client;
  private VendorHttp http;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2048);
    server.setExecutor(threads);
    server.start();
    Descriptor acme =
        Descriptor.builder(new VendorType("acme"), "Acme")
            .endpoint("base", "https://acme.example")
            .build();
    DeclaredHosts hosts = DeclaredHosts.of(acme, new EndpointsOnly(Map.of("base", uri("/"))));
    client = VendorHttpClient.builder(hosts).maxBodyBytes(1000).build();
    http = client.with(gate, LONG);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 308, 400, 401, 403, 404, 407, 429, 500, 503})
  void returnsEveryStatusAsItIs(int status) {
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", uri("/elsewhere").toString());
          exchange.sendResponseHeaders(status, -1);
        });
    serve("/elsewhere", exchange -> exchange.sendResponseHeaders(200, -1));
    assertThat(http.send(HttpCall.get(uri("/"))).status()).isEqualTo(status);
    assertThat(gate).hasToString("1 entered, 1 answered, 0 failed");
  }

  @Test
  void neverQuotesAHeaderValueThatCannotBeSent() {
    HttpCall call = HttpCall.get(uri("/")).header("Authorization", "Bearer sesame\r\nX: y");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> http.send(call))
        .withMessageContaining("'Authorization'")
        .withMessageNotContaining("sesame")
        .withNoCause();
    assertThat(gate).hasToString("0 entered, 0 answered, 0 failed");
  }

  @Test
  void refusesADeadlineWithoutLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> client.with(gate, Duration.ZERO));
  }

  @Test
  void saysWhoWeAreAndWhatWeTake() {
    serve("/", exchange -> answer(exchange, 200, headers(exchange)));
    assertThat(text(http.send(HttpCall.get(uri("/")))))
        .contains("User-agent=[cloud-connector")
        .contains("Accept=[application/json]")
        .doesNotContain("Upgrade");
  }

  @Test
  void letsTheCallSayOtherwise() {
    serve("/", exchange -> answer(exchange, 200, headers(exchange)));
    HttpCall call =
        HttpCall.get(uri("/")).header("accept", "text/csv").header("user-agent", "acme-app/2");
    assertThat(text(http.send(call)))
        .contains("Accept=[text/csv]")
        .contains("User-agent=[acme-app/2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void sendsABodyAsItIs(String method) {
    serve(
        "/",
        exchange ->
            answer(
                exchange,
                200,
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    HttpCall call = HttpCall.of(method, uri("/")).form(Map.of("a b", "c&d"));
    assertThat(text(http.send(call)))
        .isEqualTo(method + " application/x-www-form-urlencoded a+b=c%26d");
  }

  @Test
  void takesABodyOfExactlyTheLimit() {
    serve("/", exchange -> answer(exchange, 200, "x".repeat(1000)));
    assertThat(http.send(HttpCall.get(uri("/"))).body()).hasSize(1000);
  }

  @Test
  void takesAnAnswerWithoutBodyToHead() {
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Length", "5000");
          exchange.sendResponseHeaders(200, -1);
        });
    HttpReply reply = http.send(HttpCall.of("HEAD", uri("/")));
    assertThat(reply.header("content-length")).contains("5000");
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void givesTheFirstOfAHeaderInAnyCase() {
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "7");
          exchange.getResponseHeaders().add("Retry-After", "8");
          answer(exchange, 429, "slow down");
        });
    HttpReply reply = http.send(HttpCall.get(uri("/")));
    assertThat(reply.header("retry-AFTER")).contains("7");
    assertThat(reply.header("X-None")).isEmpty();
    assertThat(reply).hasToString("429 (9 bytes)");
  }

  @Test
  void handsOutCopiesOfTheBody() {
    serve("/", exchange -> answer(exchange, 200, "{}"));
    HttpReply reply = http.send(HttpCall.get(uri("/")));
    reply.body()[0] = 'x';
    assertThat(text(reply)).isEqualTo("{}");
  }

  @Test
  void usesOneConnectionForCallsInARow() {
    List<Integer> ports = new ArrayList<>();
    serve(
        "/",
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          answer(exchange, 200, "ok");
        });
    for (int i = 0; i < 5; i++) {
      http.send(HttpCall.get(uri("/")));
    }
    assertThat(ports).hasSize(5).containsOnly(ports.getFirst());
  }

  @Test
  void holdsManyCallsInFlightAtOnce() throws Exception {
    int many = 1000;
    CountDownLatch allArrived = new CountDownLatch(many);
    serve(
        "/",
        exchange -> {
          allArrived.countDown();
          answer(exchange, arrived(allArrived) ? 200 : 503, exchange.getRequestURI().getQuery());
        });
    List<Future<HttpReply>> replies = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      HttpCall call = HttpCall.get(uri("/")).query("n", String.valueOf(i));
      replies.add(threads.submit(() -> http.send(call)));
    }
    for (int i = 0; i < many; i++) {
      HttpReply reply = replies.get(i).get(30, TimeUnit.SECONDS);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(text(reply)).isEqualTo("n=" + i);
    }
    assertThat(gate).hasToString("1000 entered, 1000 answered, 0 failed");
  }

  private static boolean arrived(CountDownLatch all) {
    try {
      return all.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      return false;
    }
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    exchange.sendResponseHeaders(status, text.length());
    exchange.getResponseBody().write(text.getBytes(UTF_8));
  }

  private static String headers(HttpExchange exchange) {
    return exchange.getRequestHeaders().entrySet().toString();
  }

  private static String text(HttpReply reply) {
    return new String(reply.body(), UTF_8);
  }
}
