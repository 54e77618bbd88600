package io.cloudconnector.core;

import static io.cloudconnector.core.RawServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vendor that fails often is left alone, and calls under way are bounded. */
class VendorResilienceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int ENOUGH = 20;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String BROKEN = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n";

  private final CountingGate gate = new CountingGate();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile String answer = "HTTP/1.1 200 OK";

  @AfterEach
  void close() throws Exception {
    end.countDown();
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 500 Broken", "HTTP/1.1 503 Busy", "no answer"})
  void aVendorThatFailsTooOftenIsLeftAlone(String failing) {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, LONG);
    answer = failing;
    callOften(client, vendor, ENOUGH);
    assertThat(client.circuit()).isEqualTo(CircuitState.OPEN);
    int arrived = vendor.requestLines().size();
    String entered = gate.toString();
    assertThatExceptionOfType(VendorUnavailableException.class)
        .isThrownBy(() -> post(client, vendor))
        .satisfies(refused -> assertThat(refused.statusCode()).isZero())
        .satisfies(
            refused ->
                assertThat(refused.retryAfter())
                    .isBetween(Duration.ofMillis(1), Duration.ofSeconds(30)));
    assertThat(client.suspendedFor()).isPresent();
    assertThat(client.callsRejected()).isOne();
    assertThat(vendor.requestLines()).hasSize(arrived);
    assertThat(gate).hasToString(entered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"400 No", "401 No", "403 No", "404 No", "429 No", "302 There"})
  void aVendorThatRefusesIsAtWork(String status) {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, LONG);
    answer = "HTTP/1.1 " + status;
    callOften(client, vendor, 2 * ENOUGH);
    assertThat(client.circuit()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void anAnswerThatIsTooLargeShowsAVendorAtWork() {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, LONG);
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000);
    callOften(client, vendor, 2 * ENOUGH);
    assertThat(client.circuit()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void anAnswerThatTheHostCannotNoteShowsAVendorAtWork() {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, LONG);
    IllegalStateException noDisk = new IllegalStateException("no disk");
    VendorHttp unnoted = client.with(new UnnotedGate(noDisk), LONG);
    for (int i = 0; i < 2 * ENOUGH; i++) {
      assertThatThrownBy(() -> unnoted.send(call(vendor))).isSameAs(noDisk);
    }
    assertThat(client.circuit()).isEqualTo(CircuitState.CLOSED);
  }

  /** Fails where an answer is to be noted. */
  private record UnnotedGate(RuntimeException failure) implements CallGate {
    @Override
    public CallPermit enter(HttpCall call) {
      return new CallPermit() {
        @Override
        public void answered(HttpReply reply) {
          throw failure;
        }

        @Override
        public void failed() {}

        @Override
        public void notSent() {}
      };
    }
  }

  @Test
  void oneDocumentThatAlwaysFailsAmongOthersChangesNothing() {
    RawServer vendor = server(request -> request % 3 == 0);
    VendorHttpClient client = client(vendor, LONG);
    answer = "HTTP/1.1 500 Broken";
    callOften(client, vendor, 5 * ENOUGH);
    assertThat(client.circuit()).isEqualTo(CircuitState.CLOSED);
    assertThat(vendor.requestLines()).hasSize(5 * ENOUGH);
  }

  @Test
  void aFewGoodTrialsBringItBack() {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, PAUSE);
    answer = "HTTP/1.1 500 Broken";
    callOften(client, vendor, ENOUGH);
    answer = "HTTP/1.1 200 OK";
    await().until(() -> client.suspendedFor().isEmpty());
    post(client, vendor);
    assertThat(client.circuit()).isEqualTo(CircuitState.TRYING);
    post(client, vendor);
    assertThat(client.circuit()).isEqualTo(CircuitState.CLOSED);
  }

  @Test
  void trialsThatFailLeaveItAloneAgain() {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, PAUSE);
    answer = "HTTP/1.1 500 Broken";
    callOften(client, vendor, ENOUGH);
    await().until(() -> client.suspendedFor().isEmpty());
    callOften(client, vendor, 3);
    assertThat(client.circuit()).isEqualTo(CircuitState.OPEN);
    assertThat(vendor.requestLines()).hasSizeBetween(ENOUGH + 2, ENOUGH + 3);
  }

  @Test
  void trialsThatNeverGoOutUseNoneUp() {
    RawServer vendor = server(request -> true);
    VendorHttpClient client = client(vendor, PAUSE);
    answer = "HTTP/1.1 500 Broken";
    callOften(client, vendor, ENOUGH);
    answer = "HTTP/1.1 200 OK";
    await().until(() -> client.suspendedFor().isEmpty());
    RateLimitException noneLeft = new RateLimitException("no call left");
    CallGate closed =
        call -> {
          throw noneLeft;
        };
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> client.with(closed, LONG).send(call(vendor))).isSameAs(noneLeft);
    }
    post(client, vendor);
    post(client, vendor);
    assertThat(client.circuit()).isEqualTo(CircuitState.CLOSED);
  }

  /** A refresh that is on its way may have rotated the tokens: it is waited for. */
  @Test
  void aCallOnItsWayIsNotBrokenOffWhenOthersFail() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    RawServer vendor =
        opened(
            new RawServer(
                (request, out) -> {
                  if (request == 0) {
                    arrived.countDown();
                    end.await(1, TimeUnit.MINUTES);
                  }
                  out.write(bytes(request == 0 ? OK : BROKEN));
                  return true;
                }));
    VendorHttpClient client = client(vendor, LONG);
    CompletableFuture<Integer> slow = new CompletableFuture<>();
    Thread.startVirtualThread(() -> slow.complete(post(client, vendor)));
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    callOften(client, vendor, ENOUGH);
    assertThat(client.circuit()).isEqualTo(CircuitState.OPEN);
    assertThat(client.callsInFlight()).isOne();
    end.countDown();
    assertThat(slow).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(200);
    await().until(() -> client.callsInFlight() == 0);
  }

  @Test
  void aCallThatFindsNoRoomInTimeIsNotSent() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    RawServer vendor =
        opened(
            new RawServer(
                (request, out) -> {
                  arrived.countDown();
                  end.await(1, TimeUnit.MINUTES);
                  out.write(bytes(OK));
                  return true;
                }));
    VendorHttpClient client =
        opened(VendorHttpClient.builder(hosts(vendor)).maxConcurrentCalls(1).build());
    CompletableFuture<Integer> first = new CompletableFuture<>();
    Thread.startVirtualThread(() -> first.complete(post(client, vendor)));
    assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    VendorHttp hurried = client.with(gate, Duration.ofMillis(50));
    assertThatExceptionOfType(VendorUnavailableException.class)
        .isThrownBy(() -> hurried.send(call(vendor)))
        .withMessageContaining("too many calls are under way");
    assertThat(client.suspendedFor()).isEmpty();
    end.countDown();
    assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(200);
    assertThat(post(client, vendor)).isEqualTo(200);
    assertThat(vendor.requestLines()).hasSize(2);
  }

  private void callOften(VendorHttpClient client, RawServer vendor, int times) {
    for (int i = 0; i < times; i++) {
      try {
        post(client, vendor);
      } catch (VendorApiException failed) {
        assertThat(failed.statusCode()).isZero();
      }
    }
  }

  private int post(VendorHttpClient client, RawServer vendor) {
    return client.with(gate, LONG).send(call(vendor)).status();
  }

  private static HttpCall call(RawServer vendor) {
    return HttpCall.of("POST", vendor.uri("/"));
  }

  /** Fails as the test says where the rule holds, and is well otherwise. */
  private RawServer server(IntPredicate failing) {
    return opened(
        new RawServer(
            (request, out) -> {
              String head = failing.test(request) ? answer : "HTTP/1.1 200 OK";
              if (head.startsWith("HTTP")) {
                out.write(
                    bytes(head.contains("Length") ? head : head + "\r\nContent-Length: 0\r\n\r\n"));
              }
              return head.startsWith("HTTP");
            }));
  }

  private VendorHttpClient client(RawServer vendor, Duration pause) {
    return opened(
        VendorHttpClient.builder(hosts(vendor)).maxBodyBytes(1000).circuitPause(pause).build());
  }

  private static DeclaredHosts hosts(RawServer vendor) {
    Descriptor acme =
        Descriptor.builder(new VendorType("acme"), "Acme")
            .endpoint("base", "https://acme.example")
            .build();
    URI base = vendor.uri("/");
    return DeclaredHosts.of(acme, new EndpointsOnly(Map.of("base", base)));
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
