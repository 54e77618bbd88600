package io.cloudconnector.host.containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.containment.Patient.Call;
import io.cloudconnector.host.observe.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // The connector looks at nothing that it is called with.
class ContainmentTest {
  private static final FetchResult GONE = FetchResult.gone();
  private static final Duration FETCH = ConnectorCall.FETCH_DATA.deadline();

  private final Patient acme = new Patient("acme");
  private final Patient bolt = new Patient("bolt", acme);

  @AfterEach
  void letGo() {
    acme.release();
    bolt.release();
  }

  @Test
  void whatAConnectorThrowsByContractGoesThroughAndIsNoFault() {
    for (int time = 0; time <= FailureCounts.TOO_MANY; time++) {
      assertThatThrownBy(() -> acme.fetch(throwing(new RateLimitException("not now"))))
          .isInstanceOf(RateLimitException.class);
    }
    for (int time = 0; time <= FailureCounts.TOO_MANY; time++) {
      assertThatThrownBy(() -> acme.fetch(throwing(new IllegalArgumentException("no such id"))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);
  }

  @Test
  void anErrorBecomesAFailureOfItsConnector() {
    assertThatThrownBy(
            () ->
                acme.fetch(
                    () -> {
                      throw new NoClassDefFoundError("token-of-anna");
                    }))
        .isExactlyInstanceOf(ConnectorException.class)
        .hasMessage("fetchData of the connector failed: java.lang.NoClassDefFoundError");
  }

  @Test
  void aCheckedExceptionBecomesAFailureOfItsConnector() {
    assertThatThrownBy(() -> acme.fetch(ContainmentTest::sneak))
        .isExactlyInstanceOf(ConnectorException.class)
        .hasMessage("fetchData of the connector failed: java.io.IOException");
  }

  private static FetchResult sneak() {
    return ContainmentTest.<RuntimeException, FetchResult>sneaky(new java.io.IOException("x"));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable, T> T sneaky(Throwable e) throws E {
    throw (E) e;
  }

  @Test
  void anAnswerOfNullIsAFailureThatNamesTheMethod() {
    assertThatThrownBy(() -> acme.fetch(() -> null)).hasMessage("fetchData returned null");
  }

  @Test
  void whatFailsOverAndOverIsShownUntilItWorksAgain() {
    for (int time = 0; time < FailureCounts.TOO_MANY; time++) {
      assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);
      assertThatThrownBy(() -> acme.fetch(throwing(new IllegalStateException("again"))))
          .hasMessage("again");
      // Another method that works hides nothing.
      assertThat(acme.connector().verifyWebhook(null)).isFalse();
    }
    assertThat(acme.health()).isEqualTo(new ConnectorHealth.Failing(List.of("fetchData")));
    assertThat(bolt.health()).isInstanceOf(ConnectorHealth.Well.class);

    assertThat(acme.fetch(() -> GONE)).isEqualTo(GONE);
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);
  }

  @Test
  void aCallThatBlocksIsInterruptedAtItsDeadline() throws InterruptedException {
    Call call = acme.begin(ContainmentTest::blockUntilInterrupted);
    acme.awaitBlocked(call);
    acme.pass(FETCH);
    assertThat(call.isAlive()).isTrue();

    acme.pass(Duration.ofSeconds(1));

    assertThat(call.failure()).hasMessage("interrupted");
    assertThat(call.interruptedAfterwards()).as("of the thread's next work").isFalse();
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);
  }

  @Test
  void whatBlocksOverAndOverIsShown() throws InterruptedException {
    for (int time = 0; time < FailureCounts.TOO_MANY; time++) {
      Call call = acme.begin(ContainmentTest::blockUntilInterrupted);
      acme.awaitBlocked(call);
      acme.pass(FETCH.plusSeconds(1));
      call.failure();
    }
    assertThat(acme.health()).isEqualTo(new ConnectorHealth.Failing(List.of("fetchData")));
  }

  @Test
  void aCallThatHeedsNoInterruptionSwitchesItsConnectorOffAndNoOther() throws InterruptedException {
    Call call = acme.begin(acme::blockUntilReleased);
    acme.awaitBlocked(call);
    acme.pass(FETCH.plusSeconds(1));
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);

    acme.pass(CallWatch.GRACE.plusSeconds(1));

    assertThat(acme.health())
        .isEqualTo(
            new ConnectorHealth.Off(
                "fetchData has not ended after 180 s of its own and heeds no interruption"));
    assertThatThrownBy(() -> acme.fetch(() -> GONE))
        .isInstanceOf(VendorUnavailableException.class)
        .hasMessageContaining("fetchData has not ended after 180 s");
    assertThat(bolt.fetch(() -> GONE)).isEqualTo(GONE);
    // What looks through all connectors does not stumble over it.
    assertThat(acme.connector().history()).isEmpty();
    assertThat(acme.connector().subscriptions()).isEmpty();
  }

  @Test
  void aProcessThatStoodStillBlamesNoConnector() throws InterruptedException {
    Call call = acme.begin(acme::blockUntilReleased);
    acme.awaitBlocked(call);
    acme.standStill(FETCH.multipliedBy(10));
    acme.standStill(FETCH.multipliedBy(10));
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);

    acme.release();
    assertThat(call.result()).isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void whatComputesWithoutEndIsSwitchedOffLongBeforeItsDeadline() throws InterruptedException {
    Call call = acme.begin(acme::spinUntilReleased);
    acme.awaitSpinning(call);
    acme.look();
    acme.pass(CallWatch.COMPUTING.plus(CallWatch.GRACE));
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);

    // A look counts only when others get to run, which takes a moment.
    Awaitility.await()
        .until(
            () -> {
              acme.pass(Duration.ofSeconds(1));
              return acme.health() instanceof ConnectorHealth.Off;
            });

    assertThat(acme.health())
        .isInstanceOfSatisfying(
            ConnectorHealth.Off.class,
            off ->
                assertThat(off.why())
                    .isEqualTo("fetchData computes without a pause and heeds no interruption"));
    assertThat(call.isAlive()).isTrue();
  }

  @Test
  void aCallThatWaitsInBetweenDoesNotComputeWithoutEnd() throws InterruptedException {
    Call call = acme.begin(acme::blockUntilReleased);
    acme.awaitBlocked(call);
    for (int second = 0; second < FETCH.toSeconds(); second++) {
      acme.pass(Duration.ofSeconds(1));
    }
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);

    acme.release();
    assertThat(call.result()).isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void blockedCallsTakeUpNoMoreThanTheirConnectorsRoom() throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(ConnectorCall.VERIFY_WEBHOOK.most());
    List<Thread> callers = new ArrayList<>();
    for (int n = 0; n < ConnectorCall.VERIFY_WEBHOOK.most(); n++) {
      callers.add(Thread.startVirtualThread(() -> acme.verify(inside)));
    }
    inside.await();

    assertThatThrownBy(() -> acme.connector().verifyWebhook(null))
        .isInstanceOf(VendorUnavailableException.class)
        .hasMessageContaining("64 calls of verifyWebhook are under way");
    assertThat(acme.fetch(() -> GONE)).as("another method").isEqualTo(GONE);

    acme.release();
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(acme.connector().verifyWebhook(null)).isFalse();
  }

  @Test
  void aConnectorThatIsNeverMadeHoldsUpNobodyForLongerThanItsTime() throws InterruptedException {
    CountDownLatch making = new CountDownLatch(1);
    Containment containment =
        new Containment(
            new VendorType("slow"), getClass().getClassLoader(), acme.watch(), new Metrics());
    List<RuntimeException> told = new ArrayList<>();
    Thread starter =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    ContainedConnector.create(() -> acme.neverMade(making), containment);
                  } catch (RuntimeException e) {
                    told.add(e);
                  }
                });
    making.await();
    acme.pass(ConnectorCall.CREATE.deadline().plusSeconds(1));
    acme.pass(CallWatch.GRACE.plusSeconds(1));

    starter.join();
    assertThat(told)
        .singleElement()
        .satisfies(
            e ->
                assertThat(e)
                    .hasMessage(
                        "create has not ended after 10 s of its own and heeds no interruption"));
  }

  @Test
  void aConnectorThatIsMadeByAskingTheHostForEverHoldsUpNobody() throws InterruptedException {
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Containment containment =
        new Containment(
            new VendorType("asking"), getClass().getClassLoader(), acme.watch(), new Metrics());
    CompletableFuture<ContainedConnector> start =
        CompletableFuture.supplyAsync(
            () ->
                ContainedConnector.create(
                    () -> {
                      HostTime.spent(
                          () -> {
                            asking.countDown();
                            awaitQuietly(answered);
                          });
                      return acme.connector();
                    },
                    containment));
    asking.await();
    acme.pass(ConnectorCall.CREATE.inAll().orElseThrow().plusSeconds(1));

    assertThatThrownBy(start::join)
        .hasRootCauseMessage("create has not ended after 120 s in all")
        .hasRootCauseInstanceOf(ConnectorException.class);
    answered.countDown();
  }

  @Test
  void whoWaitsForALockThatAnotherCallHoldsIsNotSwitchedOff() throws InterruptedException {
    Object lock = new Object();
    CountDownLatch asking = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Call holder =
        acme.begin(
            () -> {
              synchronized (lock) {
                HostTime.spent(
                    () -> {
                      asking.countDown();
                      awaitQuietly(answered);
                    });
                return GONE;
              }
            });
    asking.await();
    Thread waiting =
        Thread.startVirtualThread(
            () -> {
              FetchResult _ =
                  acme.fetch(
                      () -> {
                        synchronized (lock) {
                          return GONE;
                        }
                      });
            });
    Awaitility.await().until(() -> waiting.getState() == Thread.State.BLOCKED);

    acme.pass(FETCH.multipliedBy(3));

    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);
    answered.countDown();
    waiting.join();
    assertThat(holder.result()).isEqualTo(GONE);
  }

  @Test
  void oneThatIsSwitchedOffIsRefusedWhatItAsksOfTheHost() throws InterruptedException {
    CountDownLatch off = new CountDownLatch(1);
    AtomicBoolean reached = new AtomicBoolean();
    Call left =
        acme.begin(
            () -> {
              acme.blockUntilReleased();
              awaitQuietly(off);
              HostTime.spent(() -> reached.set(true));
              return GONE;
            });
    acme.awaitBlocked(left);
    acme.pass(FETCH.plusSeconds(1));
    acme.pass(CallWatch.GRACE.plusSeconds(1));
    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Off.class);

    acme.release();
    off.countDown();

    assertThat(left.failure()).isInstanceOf(VendorUnavailableException.class);
    assertThat(reached).isFalse();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, RateLimitException.class})
  void aCallIsForgottenHoweverItEnds(Class<? extends RuntimeException> how) {
    RuntimeException e =
        how == RateLimitException.class
            ? new RateLimitException("not now")
            : new IllegalStateException("x");
    assertThatThrownBy(() -> acme.fetch(throwing(e))).isSameAs(e);

    acme.pass(FETCH.multipliedBy(10));

    assertThat(acme.health()).isInstanceOf(ConnectorHealth.Well.class);
  }

  private static Supplier<FetchResult> throwing(RuntimeException e) {
    return () -> {
      throw e;
    };
  }

  private static FetchResult blockUntilInterrupted() {
    try {
      new CountDownLatch(1).await();
      return GONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectorException("interrupted", e);
    }
  }
}
