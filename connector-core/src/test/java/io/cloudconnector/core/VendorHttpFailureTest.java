package io.cloudconnector.core;

import static io.cloudconnector.core.RawServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.UndeclaredHostException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorTimeoutException;
import io.cloudconnector.api.VendorType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorHttpFailureTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final CountingGate gate = new CountingGate();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    end.countDown();
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @Test
  void refusesAnUndeclaredHostBeforeAnythingIsSent() {
    RawServer declared = server((request, out) -> hangUp());
    RawServer other = server((request, out) -> hangUp());
    VendorHttp http = client(declared.uri("/")).with(gate, LONG);
    assertThatExceptionOfType(UndeclaredHostException.class)
        .isThrownBy(() -> http.send(HttpCall.get(other.uri("/"))));
    assertThat(gate).hasToString("0 entered, 0 answered, 0 failed");
    assertThat(other.requestLines()).isEmpty();
  }

  @Test
  void sendsNothingWhenTheGateRefuses() {
    RawServer vendor = server((request, out) -> hangUp());
    RateLimitException refusal = new RateLimitException("no call left");
    VendorHttp http =
        client(vendor.uri("/"))
            .with(
                call -> {
                  throw refusal;
                },
                LONG);
    assertThatThrownBy(() -> http.send(HttpCall.get(vendor.uri("/")))).isSameAs(refusal);
    assertThat(vendor.requestLines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
  void repeatsOnceWhatBreaksBeforeAnAnswer(String method) {
    RawServer vendor =
        server((request, out) -> request == 0 ? hangUp() : write(out, "HTTP/1.1 204 \r\n\r\n"));
    assertThat(http(vendor, LONG).send(HttpCall.of(method, vendor.uri("/a"))).status())
        .isEqualTo(204);
    assertThat(vendor.requestLines()).hasSize(2);
    assertThat(gate).hasToString("2 entered, 1 answered, 1 failed");
  }

  @Test
  void repeatsNoMoreThanOnce() {
    RawServer vendor = server((request, out) -> hangUp());
    assertNoAnswer(() -> http(vendor, LONG).send(HttpCall.get(vendor.uri("/"))), "hung up");
    assertThat(vendor.requestLines()).hasSize(2);
    assertThat(gate).hasToString("2 entered, 0 answered, 2 failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void neverRepeatsWhatMayNotArriveTwice(String method) {
    RawServer vendor = server((request, out) -> hangUp());
    HttpCall call = HttpCall.of(method, vendor.uri("/token")).form(Map.of("a", "b"));
    assertNoAnswer(() -> http(vendor, LONG).send(call), "hung up");
    assertThat(vendor.requestLines()).hasSize(1);
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void countsTheRepeatOnAConnectionThatWasUsedBefore() {
    RawServer vendor = server((request, out) -> request != 1 ? write(out, OK) : hangUp());
    VendorHttp http = http(vendor, LONG);
    http.send(HttpCall.get(vendor.uri("/first")));
    http.send(HttpCall.get(vendor.uri("/second")));
    assertThat(vendor.requestLines()).hasSize(3);
    assertThat(gate).hasToString("3 entered, 2 answered, 1 failed");
  }

  @Test
  void letsTheGateRefuseTheRepeat() {
    RawServer vendor = server((request, out) -> hangUp());
    CallGate once =
        call -> {
          if (!vendor.requestLines().isEmpty()) {
            throw new RateLimitException("no call left");
          }
          return gate.enter(call);
        };
    VendorHttp http = client(vendor.uri("/")).with(once, LONG);
    assertThatExceptionOfType(RateLimitException.class)
        .isThrownBy(() -> http.send(HttpCall.get(vendor.uri("/"))));
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void neverRepeatsAfterTheDeadline() {
    RawServer vendor = server((request, out) -> end.await(1, TimeUnit.MINUTES));
    assertThatExceptionOfType(VendorTimeoutException.class)
        .isThrownBy(() -> http(vendor, SHORT).send(HttpCall.get(vendor.uri("/"))));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(vendor.requestLines()).hasSize(1);
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void isNotHeldByABodyThatTricklesPastTheDeadline() {
    RawServer vendor =
        server(
            (request, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
              while (!end.await(10, TimeUnit.MILLISECONDS)) {
                write(out, "x");
              }
              return hangUp();
            });
    assertThatExceptionOfType(VendorTimeoutException.class)
        .isThrownBy(() -> http(vendor, SHORT).send(HttpCall.get(vendor.uri("/"))));
    await("the exchange is cancelled").until(() -> !vendor.ends().isEmpty());
    assertThat(vendor.requestLines()).hasSize(1);
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void isNotHeldByHeadersThatTricklePastTheDeadline() {
    RawServer vendor =
        server(
            (request, out) -> {
              write(out, "HTTP/1.1 200 OK\r\n");
              while (!end.await(10, TimeUnit.MILLISECONDS)) {
                write(out, "X-More: yes\r\n");
              }
              return hangUp();
            });
    assertThatExceptionOfType(VendorTimeoutException.class)
        .isThrownBy(() -> http(vendor, SHORT).send(HttpCall.get(vendor.uri("/"))));
    await("the exchange is cancelled").until(() -> !vendor.ends().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
      })
  void refusesABodyThatIsCutOff(String answer) {
    RawServer vendor =
        server(
            (request, out) -> {
              write(out, answer);
              return hangUp();
            });
    assertNoAnswer(() -> http(vendor, LONG).send(HttpCall.get(vendor.uri("/"))), "cut off");
    assertThat(vendor.requestLines()).hasSize(1);
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Transfer-Encoding: chunked", "Content-Length: 999999999", "X-No: length"})
  void hangsUpOnABodyWithoutEnd(String length) {
    String piece = "x".repeat(1000);
    String chunk = length.endsWith("chunked") ? "3e8\r\n" + piece + "\r\n" : piece;
    RawServer vendor =
        server(
            (request, out) -> {
              write(out, "HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n");
              while (end.getCount() > 0) {
                write(out, chunk);
              }
              return hangUp();
            });
    VendorHttpClient client =
        opened(VendorHttpClient.builder(hosts(vendor.uri("/"))).maxBodyBytes(64_000).build());
    assertNoAnswer(
        () -> client.with(gate, LONG).send(HttpCall.get(vendor.uri("/"))),
        "larger than 64000 bytes");
    await("the exchange is cancelled").until(() -> !vendor.ends().isEmpty());
    assertThat(vendor.requestLines()).hasSize(1);
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void quotesNothingOfAnAnswerThatIsNotHttp() {
    RawServer vendor =
        server(
            (request, out) -> {
              write(out, "sesame opens all the doors\r\n\r\n");
              return hangUp();
            });
    assertThatExceptionOfType(VendorApiException.class)
        .isThrownBy(() -> http(vendor, LONG).send(HttpCall.get(vendor.uri("/"))))
        .satisfies(failure -> assertThat(failure.statusCode()).isZero())
        .satisfies(failure -> assertThat(failure).asString().doesNotContain("sesame"))
        .withNoCause();
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    URI deserted;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      deserted = URI.create("http://127.0.0.1:" + gone.getLocalPort() + "/");
    }
    assertNoAnswer(
        () -> client(deserted).with(gate, LONG).send(HttpCall.get(deserted)),
        "could not be connected to");
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void saysThatTheOtherSideDoesNotSpeakTls() throws Exception {
    ServerSocket plain = opened(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    Thread.startVirtualThread(() -> answerAllInPlain(plain));
    URI uri = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/");
    // Java's client overlooks such an answer now and then, and waits until its time is up.
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertNoAnswer(() -> client(uri).with(gate, LONG).send(HttpCall.get(uri)), "TLS"));
  }

  private static void answerAllInPlain(ServerSocket server) {
    while (!server.isClosed()) {
      answerInPlain(server);
    }
  }

  private static void answerInPlain(ServerSocket server) {
    try (Socket socket = server.accept()) {
      // Spoken to first, as servers are: an answer before any question may be overlooked.
      var _ = socket.getInputStream().read();
      write(socket.getOutputStream(), "HTTP/1.1 400 Bad Request\r\n\r\n");
      socket.getInputStream().readAllBytes();
    } catch (IOException gone) {
      // The client hangs up in the middle; that is what the test is about.
    }
  }

  @Test
  void keepsTheFlagOfAnInterruptedCaller() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    RawServer vendor =
        server(
            (request, out) -> {
              arrived.countDown();
              return end.await(1, TimeUnit.MINUTES);
            });
    VendorHttp http = http(vendor, LONG);
    CompletableFuture<Boolean> flagged = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  assertNoAnswer(() -> http.send(HttpCall.get(vendor.uri("/"))), "interrupted");
                  flagged.complete(Thread.currentThread().isInterrupted());
                });
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    caller.interrupt();
    assertThat(flagged).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    assertThat(gate).hasToString("1 entered, 0 answered, 1 failed");
  }

  @Test
  void closingEndsCallsUnderWay() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    RawServer vendor =
        server(
            (request, out) -> {
              arrived.countDown();
              return end.await(1, TimeUnit.MINUTES);
            });
    VendorHttpClient client = client(vendor.uri("/"));
    VendorHttp http = client.with(gate, LONG);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          assertThatExceptionOfType(VendorApiException.class)
              .isThrownBy(() -> http.send(HttpCall.get(vendor.uri("/"))));
          ended.complete(null);
        });
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    client.close();
    assertThat(ended).succeedsWithin(Duration.ofSeconds(10));
    assertNoAnswer(() -> http.send(HttpCall.of("POST", vendor.uri("/"))), "");
  }

  private static void assertNoAnswer(ThrowingCallable call, String words) {
    assertThatExceptionOfType(VendorApiException.class)
        .isThrownBy(call)
        .withMessageContaining(words)
        .satisfies(failure -> assertThat(failure.statusCode()).isZero())
        .satisfies(failure -> assertThat(failure).isNotInstanceOf(VendorTimeoutException.class));
  }

  private static boolean write(OutputStream out, String text) throws IOException {
    out.write(bytes(text));
    out.flush();
    return true;
  }

  private static boolean hangUp() {
    return false;
  }

  private VendorHttp http(RawServer vendor, Duration deadline) {
    return client(vendor.uri("/")).with(gate, deadline);
  }

  private VendorHttpClient client(URI base) {
    return opened(VendorHttpClient.create(hosts(base), "test"));
  }

  private static DeclaredHosts hosts(URI base) {
    Descriptor acme =
        Descriptor.builder(new VendorType("acme"), "Acme")
            .endpoint("base", "https://acme.example")
            .build();
    return DeclaredHosts.of(acme, new EndpointsOnly(Map.of("base", base)));
  }

  private RawServer server(RawServer.Behaviour behaviour) {
    return opened(new RawServer(behaviour));
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
