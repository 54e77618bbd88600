package io.cloudconnector.host.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.containment.Contained;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Invariant 5: one refresh call per expiry, however many callers and hosts. */
class RefreshTest extends RefreshTestBase {
  private Set<String> thousandCallers(Grant grant, List<TokenKeeper> keepers) throws Exception {
    Set<String> tokens = new HashSet<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Credentials>> answers = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        TokenKeeper keeper = keepers.get(i % keepers.size());
        answers.add(callers.submit(() -> keeper.fresh(bench.connector, grant)));
      }
      for (Future<Credentials> answer : answers) {
        tokens.add(answer.get().accessToken().reveal());
      }
    }
    return tokens;
  }

  @Test
  void aThousandCallersOfOneExpiredConnectionCostOneCall() throws Exception {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));

    Set<String> tokens = thousandCallers(grant, List.of(bench.keeper()));

    assertThat(tokens).hasSize(1).allMatch(token -> bench.oauth.holder(token).isPresent());
    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(bench.openRefreshes()).isEqualTo("0 rows, 0 answers");
  }

  @Test
  void aThousandCallersOnTwoHostsCostOneCall() throws Exception {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    bench.faults().on("/token").always(new Fault.Slow(Duration.ofMillis(300)));

    Set<String> tokens =
        thousandCallers(grant, List.of(bench.keeper(), bench.keeperOfAnotherHost()));

    assertThat(tokens).hasSize(1).allMatch(token -> bench.oauth.holder(token).isPresent());
    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.ACTIVE);
  }

  @Test
  void anotherHostThatFindsARefreshUnderWayTakesItsFailureToo() throws Exception {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    bench.faults().on("/token").always(Fault.forbiddenByProxy());
    Halt halt = new Halt(RefreshStep.MARKED);
    TokenKeeper first = bench.keeper(halt);
    var one = inBackground(() -> first.fresh(bench.connector, grant));
    halt.awaitReached();
    TokenKeeper second = bench.keeperOfAnotherHost();
    var other = inBackground(() -> second.fresh(bench.connector, grant));

    halt.goOn();

    assertThat(one).failsWithin(Duration.ofSeconds(20));
    assertThat(other).failsWithin(Duration.ofSeconds(20));
    assertThat(one.exceptionNow()).isInstanceOf(RefreshLaterException.class);
    assertThat(other.exceptionNow()).isInstanceOf(RefreshLaterException.class);
    assertThat(bench.refreshes()).isZero();
  }

  @Test
  void aHoldLastsAsLongAsTheVendorThinks() throws Exception {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    bench.faults().on("/token").next(1, new Fault.Slow(Duration.ofSeconds(2)));
    Halt unhindered = new Halt(RefreshStep.MARKED);
    unhindered.goOn();
    TokenKeeper first = bench.keeper(unhindered);
    var one = inBackground(() -> first.fresh(bench.connector, grant));
    unhindered.awaitReached();
    var other = inBackground(() -> bench.keeperOfAnotherHost().fresh(bench.connector, grant));
    while (!one.isDone()) {
      bench.clock.advance(RefreshLeases.ASKING.dividedBy(3));
      Awaitility.await()
          .alias("renewed, or settled")
          .until(() -> one.isDone() || bench.heldFor().compareTo(RefreshLeases.SHORT) > 0);
    }

    assertThat(other.join().accessToken()).isEqualTo(one.join().accessToken());
    assertThat(bench.refreshes()).isEqualTo(1);
  }

  @Test
  void aLateSuccessServesThoseWhoWaited() {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    bench.faults().on("/token").next(1, new Fault.Slow(Duration.ofSeconds(1)));

    assertThat(bench.isGood(bench.keeper().fresh(bench.connector, grant))).isTrue();
    assertThat(bench.refreshes()).isEqualTo(1);
  }

  @Test
  void anAnswerThatNeverCameWholeIsToldAsSuchWhenTheVendorTakesTheOldTokensNoMore() {
    for (Fault fault :
        List.of(new Fault.LateSuccess(), new Fault.HalfBody(), new Fault.CutBody())) {
      Grant grant = bench.link("anna");
      bench.clock.advance(Duration.ofHours(2));
      bench.faults().clear();
      bench.faults().on("/token").next(1, fault);
      TokenKeeper keeper = bench.keeper();

      assertThatThrownBy(() -> keeper.fresh(bench.connector, grant))
          .isInstanceOf(RefreshLaterException.class);
      assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.ACTIVE);
      bench.clock.advance(Duration.ofMinutes(1));

      assertThatThrownBy(() -> keeper.fresh(bench.connector, grant))
          .isInstanceOf(TokenException.class);
      assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.REAUTHORIZATION_REQUIRED);
      assertThat(bench.told().getLast())
          .contains("connection.reauthorization_required", "\"lost_on_the_way\"", "invalid_grant");
    }
  }

  @Test
  void aVendorThatWasDownIsAskedEverMoreSeldomAndThenServesAgain() {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    bench.faults().on("/token").always(Fault.status(503));
    TokenKeeper keeper = bench.keeper();
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RefreshLaterException later = later(keeper, grant);
      pauses.add(Duration.between(bench.clock.instant(), later.notBefore()));
      assertThat(later(keeper, grant).notBefore().toEpochMilli())
          .isEqualTo(later.notBefore().toEpochMilli());
      bench.clock.advance(pauses.getLast().plusMillis(10));
    }
    bench.faults().clear();

    assertThat(bench.isGood(keeper.fresh(bench.connector, grant))).isTrue();
    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(pauses.getFirst()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(7));
    assertThat(pauses.getLast()).isBetween(Duration.ofMinutes(23), Duration.ofMinutes(37));
    assertThat(bench.openRefreshes()).isEqualTo("0 rows, 0 answers");
  }

  @Test
  void aVendorThatWantsHoursOfSilenceGetsThem() {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    bench.faults().on("/token").next(1, Fault.tooManyRequests(Duration.ofHours(5)));
    TokenKeeper keeper = bench.keeper();
    assertThat(later(keeper, grant)).isNotNull();
    bench.clock.advance(Duration.ofHours(4));

    assertThat(later(bench.keeperOfAnotherHost(), grant)).isNotNull();
    bench.clock.advance(Duration.ofMinutes(61));
    assertThat(bench.isGood(keeper.fresh(bench.connector, grant))).isTrue();
  }

  private RefreshLaterException later(TokenKeeper keeper, Grant grant) {
    return catchThrowableOfType(
        RefreshLaterException.class, () -> keeper.fresh(bench.connector, grant));
  }

  @Test
  void aRefreshInFlightDoesNotTouchTheGrantThatAPersonGivesMeanwhile() throws Exception {
    Grant old = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    Halt halt = new Halt(RefreshStep.ANSWERED);
    TokenKeeper keeper = bench.keeper(halt);
    var flight = inBackground(() -> keeper.fresh(bench.connector, old));
    halt.awaitReached();
    Grant fresh = bench.relink("anna");
    var before = bench.stored("anna");

    halt.goOn();

    assertThat(flight).failsWithin(Duration.ofSeconds(20));
    assertThat(flight.exceptionNow()).isInstanceOf(TokenException.class);
    assertThat(bench.stored("anna")).isEqualTo(before);
    assertThat(bench.isGood(keeper.fresh(bench.connector, fresh))).isTrue();
    assertThat(bench.openRefreshes()).isEqualTo("0 rows, 0 answers");
  }

  @Test
  void aGrantThatIsRelinkedBeforeTheVendorIsAskedIsNotRefreshedAnyMore() throws Exception {
    Grant old = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    Halt halt = new Halt(RefreshStep.HELD);
    TokenKeeper keeper = bench.keeper(halt);
    var flight = inBackground(() -> keeper.fresh(bench.connector, old));
    halt.awaitReached();
    bench.relink("anna");

    halt.goOn();

    assertThat(flight).failsWithin(Duration.ofSeconds(20));
    assertThat(flight.exceptionNow()).isInstanceOf(TokenException.class);
    assertThat(bench.refreshes()).isZero();
  }

  @Test
  void aConnectionThatEndsDuringARefreshIsRevokedWithTheNewTokens() throws Exception {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    Halt halt = new Halt(RefreshStep.KEPT);
    TokenKeeper keeper = bench.keeper(halt);
    var flight = inBackground(() -> keeper.fresh(bench.connector, grant));
    halt.awaitReached();
    ended(grant);
    Revocations revocations =
        new Revocations(bench.database, bench.connectors, bench.credentials, bench.clock);
    revocations.runDue();
    assertThat(bench.oauth.linked(RefreshBench.account("anna"))).isTrue();

    halt.goOn();

    assertThat(flight).failsWithin(Duration.ofSeconds(20));
    assertThat(flight.exceptionNow()).isInstanceOf(TokenException.class);
    Awaitility.await()
        .until(
            () -> {
              revocations.runDue();
              return !bench.oauth.linked(RefreshBench.account("anna"));
            });
    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(bench.openRefreshes()).isEqualTo("0 rows, 0 answers");
  }

  private void ended(Grant grant) {
    AuditLog audit = new AuditLog(bench.database, bench.clock);
    new ConnectionEnder(bench.database, audit, bench.clock).end(grant);
  }

  @Test
  void twoHostsRevokeOneGrantOnce() {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    ended(grant);
    List<CompletableFuture<Boolean>> hosts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hosts.add(
          inBackground(
              () -> {
                new Revocations(bench.database, bench.connectors, bench.credentials, bench.clock)
                    .runDue();
                return true;
              }));
    }
    hosts.forEach(CompletableFuture::join);

    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(bench.oauth.linked(RefreshBench.account("anna"))).isFalse();
  }

  @Test
  void aRefreshOfSeveralCallsGoesOnFromTheLastAnswerThatWasKept() throws Exception {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    RunningConnector careful = with(new AsksTwice());
    // Stops at the second of two answers.
    AtomicInteger kept = new AtomicInteger();
    Halt halt = new Halt(RefreshStep.KEPT);
    TokenKeeper dying =
        bench.keeper(
            step -> {
              if (step == RefreshStep.KEPT && kept.incrementAndGet() == 2) {
                halt.accept(step);
              }
            });
    var _ = inBackground(() -> dying.fresh(careful, grant));
    halt.awaitReached();
    bench.clock.advance(RefreshLeases.SHORT);
    TokenKeeper next = bench.keeper();
    next.recover();

    assertThat(bench.isGood(next.fresh(careful, grant))).isTrue();
    assertThat(bench.refreshes()).isEqualTo(1);
  }

  /** As after an update of its plugin. */
  @Test
  void anAnswerThatTheConnectorCannotReadIsKeptForOneThatCan() {
    Grant grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
    RunningConnector outdated = with(new Outdated());
    TokenKeeper keeper = bench.keeper();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> keeper.fresh(outdated, grant))
          .isInstanceOf(RefreshLaterException.class);
      bench.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.ACTIVE);
    long asked = bench.refreshes();

    assertThat(bench.isGood(keeper.fresh(bench.connector, grant))).isTrue();

    assertThat(bench.refreshes()).as("the vendor was not asked for more").isEqualTo(asked);
    assertThat(bench.openRefreshes()).isEqualTo("0 rows, 0 answers");
  }

  private RunningConnector with(CloudConnector connector) {
    return new RunningConnector(
        bench.connector.descriptor(),
        bench.connector.config(),
        bench.connector.sync(),
        Contained.of(bench.connector.vendor(), connector),
        bench.connector.client(),
        bench.connector.limits(),
        bench.connector.intake());
  }

  /** Asks as it should, and makes nothing of what comes. */
  private final class Outdated extends RefreshingOnly {
    @Override
    public Refreshed refresh(RefreshRequest request) {
      bench.connector.connector().linking().refresh(request);
      throw new IllegalStateException("the form is unknown");
    }
  }

  /** Fetches something before it asks for tokens, as vendors want who sign with a nonce. */
  private final class AsksTwice extends RefreshingOnly {
    @Override
    public Refreshed refresh(RefreshRequest request) {
      request.http().send(HttpCall.get(bench.connector.config().endpoint("base").orElseThrow()));
      return bench.connector.connector().linking().refresh(request);
    }
  }

  private abstract static class RefreshingOnly implements CloudConnector, Linking {
    @Override
    public Linking linking() {
      return this;
    }

    @Override
    public LinkStep begin(LinkRequest request) {
      throw new AssertionError("nobody links here");
    }

    @Override
    public Linked complete(LinkRequest request, LinkAnswer answer) {
      throw new AssertionError("nobody links here");
    }

    @Override
    public FetchResult fetchData(Connection connection, Resource resource) {
      throw new AssertionError("nobody fetches here");
    }
  }
}
