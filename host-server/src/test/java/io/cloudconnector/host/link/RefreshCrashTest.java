package io.cloudconnector.host.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invariant 5, with a host that dies at each step of a refresh: what the next one makes of it. */
class RefreshCrashTest extends RefreshTestBase {
  private Grant grant;

  @BeforeEach
  void link() {
    grant = bench.link("anna");
    bench.clock.advance(Duration.ofHours(2));
  }

  /** Leaves a refresh for dead where it comes to this step; the next host takes over. */
  private TokenKeeper afterDeathAt(RefreshStep step) throws InterruptedException {
    Halt halt = new Halt(step);
    TokenKeeper dying = bench.keeper(halt);
    var _ = inBackground(() -> dying.fresh(bench.connector, grant));
    halt.awaitReached();
    TokenKeeper next = bench.keeper();
    next.recover();
    if (kind == TestDatabase.POSTGRESQL) {
      // Other hosts may live: the hold of the dead one has to run out.
      bench.clock.advance(
          step == RefreshStep.MARKED || step == RefreshStep.ANSWERED
              ? RefreshLeases.ASKING
              : RefreshLeases.SHORT);
    }
    return next;
  }

  private void assertRenewedWith(TokenKeeper next, int calls) {
    Credentials renewed = next.fresh(bench.connector, grant);

    assertThat(bench.isGood(renewed)).isTrue();
    assertThat(bench.refreshes()).isEqualTo(calls);
    assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(bench.openRefreshes()).isEqualTo("0 rows, 0 answers");
    assertThat(bench.told()).isEmpty();
  }

  @Test
  void beforeTheMarkNothingHasHappened() throws InterruptedException {
    assertRenewedWith(afterDeathAt(RefreshStep.HELD), 1);
  }

  @Test
  void afterTheMarkTheVendorIsAskedAgain() throws InterruptedException {
    assertRenewedWith(afterDeathAt(RefreshStep.MARKED), 1);
  }

  @Test
  void betweenTheVendorsRotationAndOurCommitTheLinkIsLostAndToldAsSuch()
      throws InterruptedException {
    TokenKeeper next = afterDeathAt(RefreshStep.ANSWERED);

    assertThatThrownBy(() -> next.fresh(bench.connector, grant)).isInstanceOf(TokenException.class);

    assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.REAUTHORIZATION_REQUIRED);
    assertThat(bench.told())
        .singleElement()
        .asString()
        .contains(
            "connection.reauthorization_required",
            "\"lost_when_stopped\"",
            "the host was stopped between the vendor's renewal",
            "invalid_grant");
    assertThatThrownBy(() -> next.fresh(bench.connector, grant)).isInstanceOf(TokenException.class);
    assertThat(bench.refreshes()).as("no more calls").isEqualTo(2);
  }

  @Test
  void anAnswerThatWasKeptIsJudgedByTheNextWithoutAskingAgain() throws InterruptedException {
    assertRenewedWith(afterDeathAt(RefreshStep.KEPT), 1);
  }

  @Test
  void anAnswerThatWasJudgedAndNotSettledIsJudgedAgain() throws InterruptedException {
    assertRenewedWith(afterDeathAt(RefreshStep.JUDGED), 1);
  }

  @Test
  void whatWasSettledStays() throws InterruptedException {
    assertRenewedWith(afterDeathAt(RefreshStep.SETTLED), 1);
  }

  @Test
  void aTokensLifeIsCountedFromTheAnswerAndNotFromTheReplay() throws InterruptedException {
    TokenKeeper next = afterDeathAt(RefreshStep.KEPT);
    bench.clock.advance(Duration.ofMinutes(30));

    Credentials renewed = next.fresh(bench.connector, grant);

    assertThat(Duration.between(bench.clock.instant(), renewed.accessUntil().orElseThrow()))
        .isLessThanOrEqualTo(Duration.ofMinutes(30));
    assertThat(bench.isGood(renewed)).isTrue();
  }

  @Test
  void aDeathThatWasKeptIsToldByTheNext() throws InterruptedException {
    bench.oauth.revoke(RefreshBench.account("anna"));
    TokenKeeper next = afterDeathAt(RefreshStep.KEPT);

    assertThatThrownBy(() -> next.fresh(bench.connector, grant)).isInstanceOf(TokenException.class);

    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(bench.told()).singleElement().asString().contains("\"invalid_grant\"");
  }

  @Test
  void anAnswerThatDecidesNothingIsForgottenAndTheVendorAskedLater() throws InterruptedException {
    bench.faults().on("/token").next(1, Fault.forbiddenByProxy());
    TokenKeeper next = afterDeathAt(RefreshStep.KEPT);

    assertThatThrownBy(() -> next.fresh(bench.connector, grant))
        .isInstanceOf(RefreshLaterException.class);
    assertThat(bench.openRefreshes()).isEqualTo("1 rows, 0 answers");
    bench.clock.advance(Duration.ofSeconds(10));

    assertRenewedWith(next, 1);
  }

  @Test
  void aHoldIsRespectedUntilItRunsOut() throws InterruptedException {
    Halt halt = new Halt(RefreshStep.MARKED);
    TokenKeeper dying = bench.keeper(halt);
    var _ = inBackground(() -> dying.fresh(bench.connector, grant));
    halt.awaitReached();
    var waiting = inBackground(() -> bench.keeper().fresh(bench.connector, grant));
    bench.clock.advance(RefreshLeases.ASKING.minusSeconds(20));
    assertThat(waiting.isDone()).isFalse();
    assertThat(bench.refreshes()).isZero();

    bench.clock.advance(Duration.ofSeconds(21));

    assertThat(bench.isGood(waiting.join())).isTrue();
    assertThat(bench.refreshes()).isEqualTo(1);
  }

  /** The one taken for dead lives, and comes last. */
  @Test
  void aHostThatWasTakenForDeadTooEarlyChangesNothing() throws InterruptedException {
    Halt halt = new Halt(RefreshStep.KEPT);
    TokenKeeper slow = bench.keeper(halt);
    var late = inBackground(() -> slow.fresh(bench.connector, grant));
    halt.awaitReached();
    bench.clock.advance(RefreshLeases.SHORT);
    Credentials renewed = bench.keeper().fresh(bench.connector, grant);

    halt.goOn();

    assertThat(late.join().accessToken()).isEqualTo(renewed.accessToken());
    assertThat(bench.isGood(renewed)).isTrue();
    assertThat(bench.refreshes()).isEqualTo(1);
    assertThat(bench.stored("anna").credentialsVersion()).isEqualTo(2);
  }

  /** A host that could not reach the database for long held the new pair all the while. */
  @Test
  void aLinkThatWasCalledDeadComesBackWhenItsNewTokensTurnUp() throws InterruptedException {
    Halt halt = new Halt(RefreshStep.ANSWERED);
    TokenKeeper slow = bench.keeper(halt);
    var late = inBackground(() -> slow.fresh(bench.connector, grant));
    halt.awaitReached();
    bench.clock.advance(RefreshLeases.ASKING);
    assertThatThrownBy(() -> bench.keeper().fresh(bench.connector, grant))
        .isInstanceOf(TokenException.class);

    halt.goOn();

    assertThat(bench.isGood(late.join())).isTrue();
    assertThat(bench.status("anna")).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(bench.told().getLast()).contains("connection.linked", "\"restored\":true");
  }
}
