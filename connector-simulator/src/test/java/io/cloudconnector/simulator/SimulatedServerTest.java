package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedServerTest {
  private static final String DOCUMENT = "{\"a\":1,\"b\":2}";

  private final TestClock clock = new TestClock();
  private final SimulatedServer server = new SimulatedServer(clock);
  private final TestClient client = new TestClient();
  private final AtomicInteger handled = new AtomicInteger();

  @BeforeEach
  void open() {
    server.route("GET", "/doc", request -> document());
    server.route("POST", "/doc", request -> document());
    server.route("GET", "/doc/{id}", request -> SimulatedReply.text(200, request.part("id")));
    server.start();
  }

  private SimulatedReply document() {
    handled.incrementAndGet();
    return SimulatedReply.json(200, DOCUMENT);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private HttpResponse<byte[]> get(String path) throws IOException {
    return client.get(server.url(path));
  }

  private HttpResponse<byte[]> post() throws IOException {
    return client.send(
        HttpRequest.newBuilder(server.url("/doc")).POST(BodyPublishers.ofString("x")));
  }

  @Test
  void cannotBeStartedTwice() {
    assertThatThrownBy(server::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("started before");
  }

  @Test
  void hasNoAddressBeforeItIsStarted() {
    try (SimulatedServer fresh = new SimulatedServer(clock)) {
      assertThatThrownBy(() -> fresh.url("/")).hasMessageContaining("start()");
    }
  }

  @Test
  void answers404WhereThereIsNoRoute() throws IOException {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/doc/1/more").statusCode()).isEqualTo(404);
  }

  @Test
  void aRouteThatFailsIsAnAnswer500() throws IOException {
    server.route(
        "GET",
        "/broken",
        request -> {
          throw new IllegalStateException("on purpose");
        });
    assertThat(get("/broken").statusCode()).isEqualTo(500);
  }

  @Test
  void aRefusalIsItsReply() throws IOException {
    server.route(
        "GET",
        "/refused",
        request -> {
          throw new Refusal(SimulatedReply.text(418, "no"));
        });
    assertThat(get("/refused").statusCode()).isEqualTo(418);
  }

  @Test
  void brokenPercentEncodingInAQueryIsAnAnswer400() throws IOException {
    String raw = "GET /doc?a=%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url("/").getPort())) {
      socket.getOutputStream().write(raw.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void decodesThePlaceholderOfAPath() throws IOException {
    assertThat(TestClient.text(get("/doc/a%20b"))).isEqualTo("a b");
  }

  @Test
  void filtersStandAroundTheirPathsOnlyAndInOrder() throws IOException {
    server.filter("/doc", (request, next) -> next.answer(request).with("X-Order", "outer"));
    server.filter("/doc", (request, next) -> next.answer(request).with("X-Order", "inner"));
    assertThat(get("/doc").headers().firstValue("X-Order")).contains("outer");
    assertThat(get("/other").headers().firstValue("X-Order")).isEmpty();
  }

  @Test
  void logsWhatCameInWithoutShowingTokens() throws IOException {
    client.get(server.url("/doc?secret=query"), "the-token");
    SimulatedRequest request = server.requests().of("GET", "/doc").getFirst();
    assertThat(request.bearerToken()).contains("the-token");
    assertThat(request.query("secret")).contains("query");
    assertThat(request.receivedAt()).isEqualTo(clock.instant());
    assertThat(request.toString()).contains("GET /doc").doesNotContain("the-token", "query");
    assertThat(server.requests().answersWith(200)).isEqualTo(1);
    assertThat(server.requests().total()).isEqualTo(1);
  }

  @Test
  void aFaultStrikesTheNextRequestsOnly() throws IOException {
    server.faults().on("/doc").next(2, Fault.status(503));
    assertThat(get("/other").statusCode()).isEqualTo(404);
    assertThat(get("/doc").statusCode()).isEqualTo(503);
    assertThat(get("/doc").statusCode()).isEqualTo(503);
    assertThat(get("/doc").statusCode()).isEqualTo(200);
    assertThat(handled).hasValue(1);
  }

  @Test
  void aFaultStrikesUntilCleared() throws IOException {
    server.faults().on(r -> r.method().equals("GET")).always(Fault.forbiddenByProxy());
    HttpResponse<byte[]> answer = get("/doc");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    server.faults().clear();
    assertThat(get("/doc").statusCode()).isEqualTo(200);
  }

  @Test
  void aFaultMayBeDecidedForEachRequest() throws IOException {
    server
        .faults()
        .decide(
            request ->
                request.query("bad").isPresent()
                    ? Optional.of(Fault.status(500))
                    : Optional.empty());
    assertThat(get("/doc?bad=1").statusCode()).isEqualTo(500);
    assertThat(get("/doc").statusCode()).isEqualTo(200);
  }

  @Test
  void aFaultByChanceFollowsItsGenerator() throws IOException {
    server.faults().on("/doc").sometimes(0.5, new Random(5), Fault.status(500));
    Random same = new Random(5);
    for (int i = 0; i < 20; i++) {
      int expected = same.nextDouble() < 0.5 ? 500 : 200;
      assertThat(get("/doc").statusCode()).isEqualTo(expected);
    }
  }

  @Test
  void tooManyRequestsSaysWhenToComeBack() throws IOException {
    server.faults().on("/doc").next(1, Fault.tooManyRequests(Duration.ofSeconds(7)));
    HttpResponse<byte[]> answer = get("/doc");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
  }

  @Test
  void tooManyRequestsMaySayNothingMore() throws IOException {
    server.faults().on("/doc").next(1, Fault.tooManyRequests());
    HttpResponse<byte[]> answer = get("/doc");
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void anErrorMayHideInsideA200() throws IOException {
    server.faults().on("/doc").next(1, Fault.errorInside200());
    HttpResponse<byte[]> answer = get("/doc");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(TestClient.text(answer)).contains("error");
    assertThat(handled).hasValue(0);
  }

  @Test
  void aDroppedRequestIsNotHandled() {
    server.faults().on("/doc").always(new Fault.Drop());
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(handled).hasValue(0);
  }

  @Test
  void aLateSuccessIsHandledButNeverAnswered() {
    server.faults().on("/doc").always(new Fault.LateSuccess());
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(handled).hasValue(1);
  }

  @Test
  void aHalfBodyEndsInTheMiddleOfTheAnnouncedLength() {
    server.faults().on("/doc").always(new Fault.HalfBody());
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);
    assertThat(handled).hasValue(1);
  }

  @Test
  void aCutBodyIsWholeHttpButHalfTheJson() throws IOException {
    server.faults().on("/doc").next(1, new Fault.CutBody());
    assertThat(TestClient.text(get("/doc"))).isEqualTo(DOCUMENT.substring(0, 6));
  }

  @Test
  void aSlowAnswerIsHandledAtOnceAndAnsweredLate() throws IOException {
    server.faults().on("/doc").next(1, new Fault.Slow(Duration.ofMillis(300)));
    long start = System.nanoTime();
    assertThat(get("/doc").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void aTricklingAnswerBeginsAtOnceAndComesInPieces() throws IOException {
    server.faults().on("/doc").next(1, new Fault.Trickle(Duration.ofSeconds(1)));
    String raw = "GET /doc HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.url("/").getPort())) {
      socket.getOutputStream().write(raw.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(8), US_ASCII);
      long begun = System.nanoTime();
      answer += new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(300));
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith(DOCUMENT);
    }
    assertThat(handled).hasValue(1);
  }

  @Test
  void aTricklingAnswerMayHaveNoBody() throws IOException {
    server.route("GET", "/empty", request -> SimulatedReply.empty(204));
    server.faults().on("/empty").next(1, new Fault.Trickle(Duration.ofMillis(9)));
    assertThat(get("/empty").statusCode()).isEqualTo(204);
  }

  @Test
  void closingLetsASlowAnswerGo() {
    server.faults().on("/doc").always(new Fault.Slow(Duration.ofHours(1)));
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    handled.addAndGet(get("/doc").statusCode());
                  } catch (IOException e) {
                    handled.addAndGet(-1);
                  }
                });
    await().until(() -> handled.get() == 1);
    server.close();
    await().until(() -> !waiting.isAlive());
    assertThat(handled.get()).as("hung up on, or answered").isIn(0, 201);
  }
}
