package io.cloudconnector.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.Webhook;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.config.DeliverySettings;
import io.cloudconnector.host.delivery.Consumer.Answer;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.ParkedEvent;
import io.cloudconnector.host.store.SinkState;
import io.cloudconnector.host.store.SinkStore.Rewind;
import io.cloudconnector.host.store.TestDatabase;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachDatabase
class WebhookSinkTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String RETIRING = "whsec_b2xkLXNlY3JldC1vbGQtc2VjcmV0";
  private static final Duration HORIZON = Duration.ofHours(3);

  private final TestDatabase kind;
  private final Path folder;
  private final String url;
  private final SettableClock clock = new SettableClock();
  private final Consumer consumer = new Consumer();
  private final Metrics metrics = new Metrics();
  private Database database;
  private EventFeed feed;
  private WebhookSink sink;
  private Delivery delivery;
  private Duration timeout = Duration.ofSeconds(15);

  WebhookSinkTest(TestDatabase kind, @TempDir Path folder) {
    this.kind = kind;
    this.folder = folder;
    this.url = kind.newUrl(folder);
    open();
  }

  private void open() {
    database = Database.open(url, null, null, folder);
    feed = new EventFeed(database);
    sink = newSink(feed);
    delivery = new Delivery(database, new AuditLog(database, clock), sink, consumer.url(), clock);
  }

  private WebhookSink newSink(EventFeed over) {
    return new WebhookSink(
        database,
        over,
        new DeliverySettings.Webhook(
            consumer.url(), List.of(Secret.of(SECRET), Secret.of(RETIRING)), timeout, HORIZON, 4),
        metrics,
        clock);
  }

  @AfterEach
  void close() {
    stop();
    consumer.close();
    metrics.close();
  }

  private void stop() {
    feed.close();
    sink.close();
    database.close();
  }

  private void restart() {
    stop();
    open();
    sink.start();
  }

  private void append(String user, String... ids) {
    database.execute(
        tx -> {
          for (String id : ids) {
            new EventLog(database).append(tx, event(user, id));
          }
        });
  }

  private NewEvent event(String user, String id) {
    return new NewEvent(
        id,
        "data.updated",
        new VendorType("acme"),
        user,
        "acme/" + user,
        "run",
        id,
        "t",
        "live",
        clock.instant(),
        "application/json",
        Bytes.of("{\"pace\": 4.10,\r\n \"name\": \"Übung\"}".getBytes(StandardCharsets.UTF_8)));
  }

  private void awaitTaken(String... ids) {
    await().untilAsserted(() -> assertThat(consumer.takenIds()).contains(ids));
  }

  /** Until the sink has drawn its consequences, which depend on the clock. */
  private void awaitRefused(int times) {
    String counted = "connector_delivery_failed_attempts_total " + times + ".0";
    await().until(() -> metrics.scrape().contains(counted));
  }

  private List<String> takenOf(String user) {
    return consumer.taken().stream()
        .filter(request -> request.user().equals(user))
        .map(Consumer.Request::id)
        .toList();
  }

  private void awaitDone() {
    await().until(() -> delivery.status().lag() == 0);
  }

  private void awaitState(SinkState state) {
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(20));
              return delivery.status().state() == state;
            });
  }

  /** Lets time pass in steps, in each of which the sink tries at least once. */
  private void pass(Duration step, int times) {
    for (int i = 0; i < times; i++) {
      int before = consumer.requests().size();
      clock.advance(step);
      await()
          .until(
              () -> {
                clock.advance(Duration.ofMinutes(2));
                return consumer.requests().size() > before;
              });
    }
  }

  @Test
  void sendsEachEventOnceAndInOrderForEachConnection() {
    sink.start();
    for (int i = 0; i < 20; i++) {
      append("ann", "ann-" + i);
      append("bob", "bob-" + i, "bob+" + i);
    }

    awaitDone();

    assertThat(consumer.takenIds()).hasSize(60).doesNotHaveDuplicates();
    assertThat(takenOf("ann")).isEqualTo(numbered("ann-", 20));
    assertThat(takenOf("bob")).hasSize(40).startsWith("bob-0", "bob+0", "bob-1");
    assertThat(delivery.status().position()).isEqualTo(new Cursor(new EventLog(database).last()));
    restart();
    append("ann", "more");
    awaitTaken("more");
    assertThat(consumer.taken()).as("nothing comes twice after an orderly stop").hasSize(61);
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  @Test
  void theOfficialLibraryVerifiesWhatWasSentWithEachOfTwoSecrets() throws Exception {
    sink.start();
    append("ann", "e1");
    awaitTaken("e1");

    Consumer.Request request = consumer.requests().getFirst();
    HttpHeaders headers =
        HttpHeaders.of(
            request.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
            (name, value) -> true);
    for (String secret : List.of(SECRET, RETIRING)) {
      assertThatCode(() -> new Webhook(secret).verify(request.text(), headers.map()))
          .doesNotThrowAnyException();
    }
    assertThat(request.headers()).containsEntry("content-type", "application/cloudevents+json");
    assertThat(request.headers().get("webhook-signature")).hasSize(2 * 47 + 1);
    assertThat(request.text()).contains("\"pace\": 4.10");
    assertThat(request.json().get("id").asString()).isEqualTo("e1");
  }

  @Test
  void aConsumerThatIsDownForAWeekMissesNothing() {
    consumer.answers(503);
    sink.start();
    append("ann", "a1", "a2");
    append("bob", "b1");
    awaitState(SinkState.RETRYING);
    pass(Duration.ofHours(4), 6);
    append("cid", "c1");
    pass(Duration.ofDays(1), 6);
    assertThat(delivery.status().why()).contains("answered 503");
    assertThat(delivery.status().parked()).isZero();

    consumer.answers(200);
    clock.advance(Duration.ofMinutes(1));

    awaitDone();
    assertThat(consumer.takenIds()).containsExactlyInAnyOrder("a1", "a2", "b1", "c1");
    assertThat(takenOf("ann")).containsExactly("a1", "a2");
    assertThat(delivery.status().state()).isEqualTo(SinkState.DELIVERING);
  }

  @Test
  void onlyOneAtATimeFindsOutWhetherTheConsumerIsBack() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    consumer.answers(500);
    sink.start();
    for (int i = 0; i < 12; i++) {
      append("user" + i, "e" + i);
    }
    awaitState(SinkState.RETRYING);
    CountDownLatch another = new CountDownLatch(2);
    consumer.answers(
        request -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          lingerFor(another);
          atOnce.decrementAndGet();
          return Answer.of(500);
        });

    pass(Duration.ofMinutes(2), 4);

    assertThat(most).hasValue(1);
  }

  @Test
  void anEventThatIsRefusedWhileOthersAreTakenIsParkedAndItsConnectionGoesOn() {
    Cursor place = park("bad");

    assertThat(delivery.parked(Cursor.START, 10)).hasSize(1);
    ParkedEvent parked = delivery.parked(Cursor.START, 10).getFirst();
    assertThat(parked.event().event().id()).isEqualTo("bad");
    assertThat(parked.why()).isEqualTo("answered 422");
    assertThat(metrics.scrape()).contains("connector_delivery_parked_total 1.0");

    assertThat(delivery.replayParked(Actor.HOST, place)).isTrue();
    await().until(() -> !delivery.parked(Cursor.START, 10).getFirst().wanted());
    restart();
    assertThat(delivery.status().parked()).as("refused once more").isOne();
    consumer.answers(200);
    assertThat(delivery.replayParked(Actor.HOST, place)).isTrue();
    awaitTaken("bad");
    await().until(() -> delivery.status().parked() == 0);
  }

  /** Has this event of Ann's refused for too long while others are taken, one of hers too. */
  private Cursor park(String id) {
    consumer.answers(request -> Answer.of(request.id().equals(id) ? 422 : 200));
    sink.start();
    append("ann", id, "next");
    AtomicInteger others = new AtomicInteger();
    await()
        .until(
            () -> {
              String other = "b" + others.incrementAndGet();
              append("bob", other);
              awaitTaken(other);
              clock.advance(Duration.ofMinutes(30));
              return consumer.takenIds().contains("next");
            });
    awaitDone();
    return new Cursor(delivery.parked(Cursor.START, 10).getFirst().event().seq());
  }

  @Test
  void whileNobodyIsTakenNothingIsParkedHoweverLongItLasts() {
    consumer.answers(400);
    sink.start();
    append("ann", "a1");
    append("bob", "b1");
    awaitState(SinkState.RETRYING);

    pass(Duration.ofDays(1), 10);

    assertThat(delivery.status().parked()).isZero();
    consumer.answers(200);
    clock.advance(Duration.ofMinutes(1));
    awaitTaken("a1", "b1");
  }

  @Test
  void aConsumerThatSaysItIsGoneGetsNothingUntilItIsResumed() {
    consumer.answers(410);
    sink.start();
    append("ann", "a1");
    awaitState(SinkState.PARKED);
    restart();
    append("ann", "a2");
    clock.advance(Duration.ofDays(2));
    consumer.answers(200);
    assertThat(delivery.status().state()).isEqualTo(SinkState.PARKED);
    assertThat(delivery.status().why()).contains("answered 410 Gone");
    assertThat(consumer.requests()).hasSize(1);

    assertThat(delivery.resume(Actor.HOST)).isTrue();

    awaitTaken("a1", "a2");
    assertThat(takenOf("ann")).containsExactly("a1", "a2");
    assertThat(delivery.resume(Actor.HOST)).isFalse();
  }

  @Test
  void goneIsBelievedThoughWhatWasUnderWayFailsOtherwise() {
    consumer.answers(500);
    sink.start();
    for (int i = 0; i < 4; i++) {
      append("user" + i, "e" + i);
    }
    awaitRefused(4);
    CountDownLatch gone = new CountDownLatch(1);
    consumer.answers(
        request -> {
          if (request.user().equals("user0")) {
            return Answer.of(410);
          }
          waitFor(gone);
          return Answer.of(500);
        });
    clock.advance(Duration.ofMinutes(10));
    awaitState(SinkState.PARKED);

    gone.countDown();
    awaitRefused(8);
    restart();

    assertThat(delivery.status().state()).isEqualTo(SinkState.PARKED);
  }

  @Test
  void aParkedEventThatIsWantedWhileNobodyIsTakenIsSentOnceSomebodyIs() {
    Cursor place = park("bad");
    consumer.answers(500);
    for (int i = 0; i < 6; i++) {
      append("user" + i, "e" + i);
    }
    awaitState(SinkState.RETRYING);
    int before = consumer.requests().size();
    assertThat(delivery.replayParked(Actor.HOST, place)).isTrue();

    await()
        .until(
            () -> {
              clock.advance(Duration.ofMinutes(2));
              return consumer.requests().stream().skip(before).anyMatch(r -> r.id().equals("bad"));
            });
    consumer.answers(200);
    clock.advance(Duration.ofHours(1));

    awaitTaken("bad");
    await().until(() -> delivery.status().parked() == 0);
  }

  @Test
  void aRedirectIsAFailureAndNotFollowed() {
    try (Consumer elsewhere = new Consumer()) {
      consumer.answers(request -> Answer.of(302).header("Location", elsewhere.url().toString()));
      sink.start();
      append("ann", "a1");
      awaitState(SinkState.RETRYING);
      assertThat(delivery.status().why()).contains("answered 302; redirects are not followed");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void aSlowConsumerHoldsUpOneConnectionOnly() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    consumer.answers(
        request -> {
          if (request.id().equals("slow")) {
            waitFor(slow);
          }
          return Answer.of(200);
        });
    sink.start();
    append("ann", "slow", "after");
    append("bob", "b1", "b2", "b3");

    awaitTaken("b1", "b2", "b3");
    assertThat(consumer.requests()).noneMatch(request -> request.id().equals("after"));
    slow.countDown();

    awaitTaken("slow", "after");
  }

  /** Gives a second request the time to come. */
  private static void lingerFor(CountDownLatch second) {
    try {
      assertThat(second.await(200, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anAnswerThatDoesNotEndIsNotWaitedFor() {
    stop();
    timeout = Duration.ofSeconds(1);
    open();
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    consumer.answers(
        request -> {
          if (tries.incrementAndGet() == 1) {
            waitFor(never);
          }
          return new Answer(200, Map.of(), 50L * 1024 * 1024);
        });
    sink.start();
    append("ann", "a1", "a2");

    awaitTaken("a1");
    await().untilAsserted(() -> assertThat(takenOf("ann")).contains("a2"));
    never.countDown();
    assertThat(tries.get()).isGreaterThan(2);
  }

  @Test
  void retryAfterIsObeyedByTheWholeSink() {
    consumer.answers(request -> Answer.of(429).header("Retry-After", "3600"));
    sink.start();
    append("ann", "a1");
    awaitRefused(1);
    append("bob", "b1");
    consumer.answers(200);
    clock.advance(Duration.ofMinutes(58));
    await().during(Duration.ofMillis(600)).until(() -> consumer.requests().size() == 1);

    clock.advance(Duration.ofMinutes(3));

    awaitTaken("a1", "b1");
  }

  @Test
  void aClockThatJumpsDelaysAndParksNothing() {
    clock.advance(Duration.ofDays(30));
    consumer.answers(request -> Answer.of(500).header("Retry-After", "86400"));
    sink.start();
    append("ann", "a1");
    awaitRefused(1);
    clock.advance(Duration.ofDays(-30));
    awaitRefused(2);
    consumer.answers(200);
    clock.advance(Duration.ofDays(-1));
    awaitTaken("a1");

    consumer.answers(request -> Answer.of(request.id().equals("a2") ? 500 : 200));
    append("ann", "a2");
    append("bob", "b1");
    awaitTaken("b1");
    pass(Duration.ofDays(60), 2);
    assertThat(delivery.status().parked()).isZero();
    consumer.answers(200);
    clock.advance(Duration.ofMinutes(20));
    awaitDone();
  }

  @Test
  void aKillBetweenSendingAndStoringRepeatsButLosesAndReordersNothing() {
    sink.start();
    append("ann", numbered("a", 30).toArray(String[]::new));
    await().until(() -> consumer.taken().size() > 5);
    // Nothing is stored after this, as nothing is by a process that was killed.
    database.close();
    stop();
    open();
    // A claim on a shared database runs out by itself.
    clock.advance(Duration.ofSeconds(31));
    sink.start();
    awaitDone();

    List<String> ids = takenOf("ann");
    assertThat(ids).containsAll(numbered("a", 30));
    assertThat(ids.stream().distinct()).isEqualTo(numbered("a", 30));
  }

  @Test
  void everythingAfterACursorIsSentAgainByRequest() {
    sink.start();
    append("ann", "a1", "a2", "a3");
    awaitDone();
    Cursor first = new Cursor(new EventLog(database).keys(0, 1).getFirst().seq());

    assertThat(delivery.replay(Actor.HOST, first)).isEqualTo(Rewind.DONE);

    await().until(() -> consumer.taken().size() == 5);
    assertThat(takenOf("ann")).containsExactly("a1", "a2", "a3", "a2", "a3");
    assertThat(delivery.replay(Actor.HOST, new Cursor(99))).isEqualTo(Rewind.AHEAD);
  }

  @Test
  void ofTwoHostsOnOneDatabaseOneSendsAndTheOtherTakesOver() {
    Assumptions.assumeTrue(kind == TestDatabase.POSTGRESQL);
    sink.start();
    append("ann", "a1");
    awaitDone();
    try (EventFeed otherFeed = new EventFeed(database);
        WebhookSink other = newSink(otherFeed)) {
      other.start();
      append("ann", numbered("b", 10).toArray(String[]::new));
      awaitDone();
      assertThat(consumer.takenIds()).hasSize(11).doesNotHaveDuplicates();

      sink.close();
      append("ann", "c1");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(consumer.takenIds()).contains("c1"));
      assertThat(consumer.takenIds()).hasSize(12);
    }
  }

  @Test
  void whatIsUnderWayAtAStopIsFinishedAndStored() {
    CountDownLatch slow = new CountDownLatch(1);
    consumer.answers(
        request -> {
          waitFor(slow);
          return Answer.of(200);
        });
    sink.start();
    append("ann", "a1", "a2");
    await().until(() -> consumer.requests().size() == 1);
    Thread stopping = Thread.ofVirtual().start(sink::close);
    slow.countDown();
    await().until(() -> !stopping.isAlive());

    assertThat(delivery.status().lag()).isOne();
    restart();
    awaitTaken("a2");
    assertThat(consumer.takenIds()).containsExactly("a1", "a2");
  }
}
