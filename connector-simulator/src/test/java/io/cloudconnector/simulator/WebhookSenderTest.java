package io.cloudconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock();
  private final WebhookSink sink = new WebhookSink();
  private final WebhookSender sender =
      new WebhookSender(
          (body, at) -> Map.of("X-Length", Integer.toString(body.length), "X-Time", at.toString()),
          clock);

  @BeforeEach
  void aim() {
    sender.sendTo(sink.url()).repeatAfter(Collections.nCopies(5, Duration.ofMillis(5)));
  }

  @AfterEach
  void close() {
    sender.close();
    sink.close();
  }

  private Delivery sent(String id) throws InterruptedException {
    Delivery delivery = sender.send(id, "{\"id\":\"" + id + "\"}").getFirst();
    assertThat(delivery.awaitOver(PATIENCE)).isTrue();
    return delivery;
  }

  private List<String> receivedBodies() {
    return sink.received().stream()
        .map(request -> new String(request.body(), StandardCharsets.UTF_8).strip())
        .toList();
  }

  private static String header(SimulatedRequest request, String name) {
    return request.header(name).orElse("");
  }

  @Test
  void givesUpAfterFiveRepetitions() throws InterruptedException {
    sink.answer(500);
    Delivery delivery = sent("a");
    assertThat(delivery.statuses()).containsExactly(500, 500, 500, 500, 500, 500);
    assertThat(delivery.acknowledged()).isFalse();
    assertThat(sender.acknowledged()).isEmpty();
  }

  @Test
  void aMessageMayGoToOneAddressAlone() throws InterruptedException {
    try (WebhookSink own = new WebhookSink()) {
      AtomicInteger gone = new AtomicInteger();
      List<Delivery> sent = sender.send("a", "{}", own.url(), gone::incrementAndGet);
      assertThat(sent).hasSize(1);
      assertThat(sent.getFirst().awaitOver(PATIENCE)).isTrue();
      assertThat(own.received()).hasSize(1);
      assertThat(sink.received()).isEmpty();
      assertThat(gone).hasValue(0);
    }
  }

  @Test
  void aGoneAnswerEndsRepetitionsOnlyWhereItIsAskedFor() throws InterruptedException {
    sink.answer(410);
    AtomicInteger gone = new AtomicInteger();
    Delivery own = sender.send("a", "{}", sink.url(), gone::incrementAndGet).getFirst();
    assertThat(own.awaitOver(PATIENCE)).isTrue();
    assertThat(own.statuses()).containsExactly(410);
    assertThat(gone).hasValue(1);
    assertThat(sent("b").statuses()).containsExactly(410, 410, 410, 410, 410, 410);
    assertThat(gone).hasValue(1);
  }

  @Test
  void aGoneAnswerToTheLastRepetitionIsToldToo() throws Exception {
    sender.repeatAfter(List.of(Duration.ofMillis(1)));
    sink.faults().on("/hooks").next(1, Fault.status(500));
    sink.answer(410);
    AtomicInteger gone = new AtomicInteger();
    Delivery own = sender.send("a", "{}", sink.url(), gone::incrementAndGet).getFirst();
    assertThat(own.awaitOver(PATIENCE)).isTrue();
    assertThat(own.statuses()).containsExactly(500, 410);
    assertThat(gone).hasValue(1);
  }

  @Test
  void anAddressThatDoesNotAnswerIsTriedAgainToo() throws Exception {
    URI nowhere;
    try (ServerSocket taken = new ServerSocket(0)) {
      nowhere = URI.create("http://127.0.0.1:" + taken.getLocalPort() + "/");
    }
    sender.sendTo(nowhere);
    assertThat(sent("a").statuses()).containsExactly(0, 0, 0, 0, 0, 0);
  }

  @Test
  void anAnswerThatTakesTooLongIsNone() throws InterruptedException {
    sender.timeout(Duration.ofMillis(200));
    sink.faults().on("/hooks").next(1, new Fault.Slow(Duration.ofSeconds(30)));
    assertThat(sent("a").statuses()).containsExactly(0, 200);
  }

  @Test
  void stopsAtTheFirst2xx() throws InterruptedException {
    sink.faults().on("/hooks").next(2, Fault.status(503));
    Delivery delivery = sent("a");
    assertThat(delivery.statuses()).containsExactly(503, 503, 200);
    assertThat(sender.acknowledged()).containsExactly(delivery);
    assertThat(receivedBodies()).containsOnly("{\"id\":\"a\"}").hasSize(3);
  }

  @Test
  void aRedirectIsNotFollowedAndNotSuccess() throws InterruptedException {
    sender.repeatAfter(List.of());
    sink.answer(302);
    assertThat(sent("a").acknowledged()).isFalse();
  }

  @Test
  void repeatsTheFirstSignatureUnlessToldToSignAnew() throws InterruptedException {
    sink.faults().on(request -> advance()).next(1, Fault.status(500));
    sent("a");
    assertThat(header(sink.received().get(1), "X-Time"))
        .isEqualTo(header(sink.received().get(0), "X-Time"));
    sender.signRepetitionsAnew(true);
    sink.faults().on(request -> advance()).next(1, Fault.status(500));
    sent("b");
    assertThat(header(sink.received().get(3), "X-Time"))
        .isGreaterThan(header(sink.received().get(2), "X-Time"));
  }

  private boolean advance() {
    clock.advance(Duration.ofMinutes(1));
    return true;
  }

  @Test
  void sendsNothingWithoutAnAddress() {
    sender.sendTo();
    assertThat(sender.send("a", "{}")).isEmpty();
    assertThat(sender.deliveries()).isEmpty();
  }

  @Test
  void sendsToEachAddress() throws Exception {
    try (WebhookSink second = new WebhookSink()) {
      sender.sendTo(sink.url(), second.url());
      for (Delivery delivery : sender.send("a", "{}")) {
        assertThat(delivery.awaitOver(PATIENCE)).isTrue();
      }
      assertThat(sink.received()).hasSize(1);
      assertThat(second.received()).hasSize(1);
    }
  }

  @Test
  void duplicatesEachAsADeliveryOfItsOwn() {
    sender.misbehave(1, new Mischief.Duplicate(2));
    assertThat(sender.send("a", "{}")).hasSize(3);
    await().until(() -> sender.acknowledged().size() == 3);
    assertThat(sender.send("b", "{}")).hasSize(1);
  }

  @Test
  void holdsAMessageBackUntilTheNextWasAnswered() throws InterruptedException {
    sender.misbehave(1, new Mischief.HoldBack());
    Delivery first = sender.send("a", "a").getFirst();
    assertThat(first.statuses()).isEmpty();
    sent("b");
    assertThat(first.awaitOver(PATIENCE)).isTrue();
    assertThat(receivedBodies()).containsExactly("{\"id\":\"b\"}", "a");
  }

  @Test
  void behavingReleasesWhatIsHeldBackAndForgetsTheRest() throws InterruptedException {
    sender.misbehave(1, new Mischief.HoldBack());
    sender.misbehave(5, new Mischief.Lose());
    Delivery held = sender.send("a", "a").getFirst();
    sender.behave();
    assertThat(held.awaitOver(PATIENCE)).isTrue();
    assertThat(sent("b").acknowledged()).isTrue();
  }

  @Test
  void delays() throws InterruptedException {
    sender.misbehave(1, new Mischief.Delay(Duration.ofMillis(300)));
    long start = System.nanoTime();
    sent("a");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void forgesBySigningOtherBytes() throws InterruptedException {
    sender.misbehave(1, new Mischief.Forge());
    sent("a");
    SimulatedRequest request = sink.received().getFirst();
    assertThat(header(request, "X-Length")).isNotEqualTo(String.valueOf(request.body().length));
  }

  @Test
  void signsAsIfItWereOld() throws InterruptedException {
    sender.misbehave(1, new Mischief.Stale(Duration.ofHours(3)));
    sent("a");
    assertThat(header(sink.received().getFirst(), "X-Time"))
        .isEqualTo(clock.instant().minus(Duration.ofHours(3)).toString());
  }

  @Test
  void fillsUpWithBlanksAndSignsThem() throws InterruptedException {
    sender.misbehave(1, new Mischief.Oversize(50_000));
    sent("a");
    SimulatedRequest request = sink.received().getFirst();
    assertThat(request.body()).hasSize(50_000);
    assertThat(header(request, "X-Length")).isEqualTo("50000");
    assertThat(receivedBodies()).containsExactly("{\"id\":\"a\"}");
  }

  @Test
  void losesWithoutATrace() throws InterruptedException {
    sender.misbehave(1, new Mischief.Lose());
    assertThat(sender.send("a", "{}")).isEmpty();
    sent("b");
    assertThat(sink.received()).hasSize(1);
  }

  @Test
  void closingEndsWhatIsUnderWay() throws InterruptedException {
    sender.repeatAfter(List.of(Duration.ofHours(1)));
    sink.answer(500);
    Delivery repeated = sender.send("a", "{}").getFirst();
    await().until(() -> repeated.statuses().size() == 1);
    sender.misbehave(1, new Mischief.HoldBack());
    Delivery held = sender.send("b", "{}").getFirst();
    sender.close();
    assertThat(repeated.awaitOver(PATIENCE)).isTrue();
    assertThat(held.isOver()).isTrue();
  }

  @Test
  void textOfADeliveryShowsNoBody() throws IOException {
    Delivery delivery = new Delivery("id", sink.url(), new byte[] {'s', 'e', 'c'});
    delivery.attempted(204);
    assertThat(delivery.toString()).isEqualTo("id to /hooks [204]");
  }
}
