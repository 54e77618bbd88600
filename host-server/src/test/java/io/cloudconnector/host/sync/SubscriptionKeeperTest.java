package io.cloudconnector.host.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.host.CapturedLog;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.SubscriptionState;
import io.cloudconnector.host.store.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;

/** When subscriptions are checked, by whom, and what is told of it. */
@Isolated("it reads the log, which all share")
@OnEachDatabase
final class SubscriptionKeeperTest {
  private static final URI HERE = URI.create("https://connect.example.test/webhooks/acme");
  private static final SubscriptionCheck.Times QUICK =
      new SubscriptionCheck.Times(Duration.ofMillis(50), Duration.ofMinutes(15));

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  private SubscriptionBench bench;
  private SubscriptionBench.Script acme;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new SubscriptionBench(Objects.requireNonNull(parameter), folder);
    acme = bench.acme;
    acme.answer = request -> lasting(Duration.ofDays(90));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** One subscription with so long to live, to be looked at again a week before its end. */
  private SubscriptionResult lasting(Duration life) {
    Instant end = bench.clock.instant().plus(life);
    return SubscriptionResult.upToDate(
        end.minus(Duration.ofDays(7)),
        List.of(Subscription.of("run", HERE).id("s-1").expiresAt(end)),
        List.of());
  }

  private static Function<SubscriptionRequest, SubscriptionResult> throwing(RuntimeException e) {
    return request -> {
      throw e;
    };
  }

  private void awaitCalls(int count) {
    Awaitility.await().until(() -> acme.calls.size() == count);
    Awaitility.await().until(() -> bench.acmeRow().holder() == null);
  }

  /** Has keepers look until Acme was called so often and that is settled. */
  private void awaitCalls(SubscriptionKeeper keeper, int count) {
    Awaitility.await()
        .until(
            () -> {
              keeper.run();
              return acme.calls.size() == count;
            });
    awaitCalls(count);
  }

  /** What a keeper does that finds nothing due is over when Bolt, who is asked, was checked. */
  private void assertNoCall(SubscriptionKeeper keeper) {
    int before = acme.calls.size();
    int others = bench.bolt.calls.size();
    keeper.ask(Actor.HOST, keeper.standing(SubscriptionBench.BOLT).orElseThrow().wanted());
    Awaitility.await()
        .until(
            () -> {
              keeper.run();
              return bench.bolt.calls.size() > others;
            });
    assertThat(acme.calls).hasSize(before);
  }

  @Test
  void oneHostOfTwoAsks() {
    SubscriptionKeeper one = bench.keeper();
    SubscriptionKeeper other = bench.keeperOfAnotherHost();
    one.run();
    other.run();
    awaitCalls(1);

    assertThat(acme.calls.getFirst().callbackUrl()).isEqualTo(HERE);
    assertThat(acme.calls.getFirst().wantedTypes()).containsExactly("run");
    assertThat(acme.calls.getFirst().connection()).isEmpty();
    assertThat(acme.calls.getFirst().takeOver()).isFalse();
    assertNoCall(one);
    assertNoCall(other);

    bench.clock.advance(Duration.ofHours(25));
    one.run();
    other.run();
    awaitCalls(2);
    assertThat(acme.calls).hasSize(2);
  }

  @Test
  void whatADeadHostHeldIsTakenOverWithinAMinute() {
    assertThat(bench.claimAndDie()).isTrue();
    SubscriptionKeeper keeper = bench.keeperOfAnotherHost();
    assertNoCall(keeper);

    bench.clock.advance(Duration.ofSeconds(46));

    awaitCalls(keeper, 1);
  }

  @Test
  void aVendorThatTakesLongKeepsNobodyWaitingAndIsAskedByOneAllTheSame() {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    acme.answer =
        request -> {
          await(mayAnswer);
          return lasting(Duration.ofDays(90));
        };
    SubscriptionKeeper slow = bench.keeper(QUICK);
    SubscriptionKeeper other = bench.keeperOfAnotherHost();
    slow.run();
    Awaitility.await().until(() -> acme.calls.size() == 1);

    for (int i = 0; i < 4; i++) {
      bench.clock.advance(Duration.ofSeconds(30));
      Instant enough = bench.clock.instant().plus(Duration.ofSeconds(40));
      Awaitility.await().until(() -> bench.acmeRow().heldUntil().isAfter(enough));
      assertNoCall(other);
    }
    mayAnswer.countDown();

    awaitCalls(1);
    assertThat(bench.acmeRow().state()).isEqualTo(SubscriptionState.UP_TO_DATE);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorApiException("interrupted", 0);
    }
  }

  @Test
  void aConnectorThatNeverComesBackIsGivenUp() {
    acme.answer =
        request -> {
          await(new CountDownLatch(1));
          return lasting(Duration.ofDays(90));
        };
    SubscriptionKeeper keeper =
        bench.keeper(new SubscriptionCheck.Times(Duration.ofMillis(20), Duration.ofMillis(100)));

    awaitCalls(keeper, 1);

    assertThat(bench.acmeRow().state()).isEqualTo(SubscriptionState.FAILED);
    assertThat(bench.acmeRow().lastError()).contains("has not come back");
  }

  @Test
  void aHostThatStopsLeavesItsCheckToTheNextAtOnce() {
    CountDownLatch never = new CountDownLatch(1);
    acme.answer =
        request -> {
          await(never);
          return lasting(Duration.ofDays(90));
        };
    SubscriptionKeeper stopping = bench.keeper();
    stopping.run();
    Awaitility.await().until(() -> acme.calls.size() == 1);

    stopping.close();

    acme.answer = request -> lasting(Duration.ofDays(90));
    awaitCalls(bench.keeperOfAnotherHost(), 2);
    assertThat(bench.acmeRow().state()).isEqualTo(SubscriptionState.UP_TO_DATE);
    stopping.run();
    assertThat(bench.acmeRow().holder()).isNull();
  }

  @Test
  void pausesDoubleUntilItSucceedsAndOnlyTheChangeIsTold() {
    acme.answer = throwing(new VendorApiException("the vendor answered 500", 500));
    SubscriptionKeeper keeper = bench.keeper();
    try (CapturedLog log = new CapturedLog()) {
      for (int failures = 1; failures <= 9; failures++) {
        awaitCalls(keeper, failures);
        assertThat(bench.acmePause())
            .isEqualTo(Duration.ofSeconds(Math.min(3600, 30L << (failures - 1))));
        Duration half = bench.acmePause().dividedBy(2);
        bench.clock.advance(half);
        if (failures == 4) {
          assertNoCall(keeper);
        }
        bench.clock.advance(half.plusSeconds(1));
      }
      assertThat(bench.acmeRow().lastError()).isEqualTo("the vendor answered 500");
      acme.answer = request -> lasting(Duration.ofDays(90));
      awaitCalls(keeper, 10);
      assertThat(bench.acmeRow().failures()).isZero();
      assertThat(bench.acmeRow().lastError()).isNull();
      acme.answer = throwing(new RateLimitException("slow down", Duration.ofMinutes(7)));
      bench.clock.advance(Duration.ofDays(2));
      awaitCalls(keeper, 11);
      assertThat(bench.acmePause()).isEqualTo(Duration.ofMinutes(7));
      Awaitility.await().until(() -> newsOfAcme(log).size() == 3);
    }
  }

  private static List<String> newsOfAcme(CapturedLog log) {
    return log.lines().stream()
        .filter(line -> line.contains("vendor=\"acme\"") && line.contains("subscriptions"))
        .toList();
  }

  @Test
  void aConnectorThatThrowsAnythingCostsOnlyItsVendor() {
    for (Throwable fault :
        List.of(
            new IllegalStateException("secret s3cr3t"),
            new NoSuchMethodError("secret s3cr3t"),
            new StackOverflowError("secret s3cr3t"),
            new AssertionError("secret s3cr3t"))) {
      acme.answer =
          request -> {
            if (fault instanceof Error error) {
              throw error;
            }
            throw (RuntimeException) fault;
          };
      int calls = acme.calls.size() + 1;
      int others = bench.bolt.calls.size();
      try (CapturedLog log = new CapturedLog()) {
        SubscriptionKeeper keeper = bench.keeper();
        awaitCalls(keeper, calls);
        assertThat(bench.acmeRow().lastError()).endsWith(fault.getClass().getName());
        Awaitility.await()
            .until(
                () -> {
                  keeper.run();
                  return bench.bolt.calls.size() > others;
                });
        Awaitility.await()
            .until(() -> log.lines().stream().anyMatch(line -> line.contains("could not be")));
        assertThat(log.lines()).noneMatch(line -> line.contains("s3cr3t"));
      }
      bench.clock.advance(Duration.ofHours(25));
    }
    acme.answer = request -> nothing();
    awaitCalls(bench.keeper(), 5);
    assertThat(bench.acmeRow().state()).isEqualTo(SubscriptionState.FAILED);
  }

  @SuppressWarnings("NullAway")
  private static SubscriptionResult nothing() {
    return null;
  }

  @Test
  void stepsAndConflictsAreKeptAndToldOnce() {
    SubscriptionKeeper keeper = bench.keeper();
    try (CapturedLog log = new CapturedLog()) {
      acme.answer = request -> SubscriptionResult.manual("enter " + request.callbackUrl());
      awaitCalls(keeper, 1);
      assertThat(bench.acmeRow().state()).isEqualTo(SubscriptionState.MANUAL);
      assertThat(bench.acmeRow().steps()).isEqualTo("enter " + HERE);
      assertThat(bench.acmePause()).isEqualTo(Duration.ofDays(1));
      bench.clock.advance(Duration.ofHours(25));
      awaitCalls(keeper, 2);

      URI theirs = URI.create("https://user@other.example.test:8443/hook?key=s3cr3t");
      acme.answer = request -> SubscriptionResult.conflict(theirs);
      bench.clock.advance(Duration.ofHours(25));
      awaitCalls(keeper, 3);
      bench.clock.advance(Duration.ofHours(25));
      awaitCalls(keeper, 4);
      assertThat(bench.acmeRow().state()).isEqualTo(SubscriptionState.CONFLICT);
      assertThat(bench.acmeRow().conflict()).isEqualTo("https://other.example.test:8443/hook");
      assertThat(bench.acmeRow().steps()).isNull();

      assertThat(log.lines()).filteredOn(line -> line.contains("enter " + HERE)).hasSize(1);
      assertThat(log.lines())
          .filteredOn(line -> line.contains("other.example.test"))
          .singleElement()
          .asString()
          .contains("connectors.acme.takeOverSubscriptions")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void theConnectorsTimeHoldsWithinReason() {
    SubscriptionKeeper keeper = bench.keeper();
    acme.answer = request -> SubscriptionResult.upToDate(Instant.MIN);
    awaitCalls(keeper, 1);
    assertThat(bench.acmePause()).isEqualTo(Duration.ofMinutes(1));
    acme.answer =
        request -> SubscriptionResult.upToDate(bench.clock.instant().plus(Duration.ofHours(3)));
    bench.clock.advance(Duration.ofSeconds(61));
    awaitCalls(keeper, 2);
    assertThat(bench.acmePause()).isBetween(Duration.ofMinutes(179), Duration.ofHours(3));
    acme.answer = request -> SubscriptionResult.upToDate(Instant.MAX);
    bench.clock.advance(Duration.ofHours(4));
    awaitCalls(keeper, 3);
    assertThat(bench.acmePause()).isEqualTo(Duration.ofDays(1));

    // A clock that was ahead when the time was set does not put the next check off for ever.
    bench.clock.advance(Duration.ofDays(-30));
    awaitCalls(keeper, 4);
    assertNoCall(keeper);
  }

  @Test
  void aCheckThatIsAskedForDuringAnotherFollowsIt() {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    acme.answer =
        request -> {
          await(mayAnswer);
          return lasting(Duration.ofDays(90));
        };
    SubscriptionKeeper keeper = bench.keeper();
    keeper.run();
    Awaitility.await().until(() -> acme.calls.size() == 1);

    keeper.ask(Actor.HOST, keeper.standing(SubscriptionBench.ACME).orElseThrow().wanted());
    mayAnswer.countDown();

    awaitCalls(keeper, 2);
    assertNoCall(keeper);
  }

  @Test
  void whatEndsWithinADayAndIsNotRenewedIsAnErrorOfOneHost() {
    SubscriptionKeeper keeper = bench.keeper();
    SubscriptionKeeper other = bench.keeperOfAnotherHost();
    awaitCalls(keeper, 1);
    acme.answer = throwing(new VendorApiException("the vendor answered 503", 503));
    try (CapturedLog log = new CapturedLog()) {
      bench.clock.advance(Duration.ofDays(88));
      awaitCalls(keeper, 2);
      assertThat(lapses(log)).isEmpty();

      bench.clock.advance(Duration.ofHours(25));
      awaitCalls(keeper, 3);
      awaitCalls(keeper, 3);
      bench.clock.advance(Duration.ofHours(2));
      awaitCalls(other, 4);
      assertThat(lapses(log))
          .singleElement()
          .asString()
          .contains("run", "answered 503", "reconciliation");

      bench.clock.advance(Duration.ofHours(5));
      awaitCalls(keeper, 5);
      assertThat(lapses(log)).hasSize(2);

      acme.answer = request -> lasting(Duration.ofDays(90));
      bench.clock.advance(Duration.ofHours(7));
      awaitCalls(keeper, 6);
      int before = lapses(log).size();
      bench.clock.advance(Duration.ofHours(25));
      awaitCalls(keeper, 7);
      assertThat(lapses(log)).hasSize(before);
    }
  }

  private static List<String> lapses(CapturedLog log) {
    return log.lines().stream().filter(line -> line.contains("are not renewed")).toList();
  }

  @Test
  void whatNeverLivesLongIsNoErrorAsLongAsItIsRenewed() {
    acme.answer =
        request -> {
          Instant end = bench.clock.instant().plus(Duration.ofHours(6));
          return SubscriptionResult.upToDate(
              end.minus(Duration.ofHours(4)),
              List.of(Subscription.of("run", HERE).expiresAt(end)),
              List.of());
        };
    SubscriptionKeeper keeper = bench.keeper();
    try (CapturedLog log = new CapturedLog()) {
      IntStream.rangeClosed(1, 4)
          .forEach(
              i -> {
                awaitCalls(keeper, i);
                bench.clock.advance(Duration.ofMinutes(121));
              });
      assertThat(lapses(log)).isEmpty();
      acme.answer = throwing(new VendorApiException("the vendor answered 503", 503));
      awaitCalls(keeper, 5);
      bench.clock.advance(Duration.ofMinutes(90));
      awaitCalls(keeper, 6);
      assertThat(lapses(log)).hasSize(1);
    }
  }
}
