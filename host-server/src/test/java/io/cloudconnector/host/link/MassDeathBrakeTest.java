package io.cloudconnector.host.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Many links that die at once are a fault of the vendor's or ours, and nobody has to link again.
 */
class MassDeathBrakeTest extends RefreshTestBase {
  private final List<Grant> grants = new ArrayList<>();

  private TokenKeeper withLinks(int count) {
    for (int i = 0; i < count; i++) {
      grants.add(bench.link("user" + i));
    }
    bench.clock.advance(Duration.ofHours(2));
    return bench.keeper();
  }

  private @Nullable Throwable refresh(TokenKeeper keeper, int user) {
    return catchThrowable(() -> keeper.fresh(bench.connector, grants.get(user)));
  }

  private long dead() {
    return grants.stream()
        .filter(grant -> bench.status(grant.userId()) != ConnectionStatus.ACTIVE)
        .count();
  }

  @Test
  void sixOfTwentyAtOnceKillNone() {
    TokenKeeper keeper = withLinks(20);
    bench.faults().on("/token").always(Fault.invalidGrant());
    for (int user = 0; user < 6; user++) {
      assertThat(refresh(keeper, user)).isInstanceOf(RefreshLaterException.class);
    }

    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isTrue();
    assertThat(refresh(keeper, 7)).hasMessageContaining("6 of 20 links dead within ten minutes");
    assertThat(dead()).isZero();
    assertThat(bench.told()).as("nobody is asked to link again").isEmpty();

    // Still at fault: one link is tried, and no more.
    bench.clock.advance(Duration.ofMinutes(1));
    bench.faults().clear();
    bench.faults().on("/token").next(1, Fault.invalidGrant());
    assertThat(refresh(keeper, 8)).isInstanceOf(RefreshLaterException.class);
    assertThat(refresh(keeper, 9)).isInstanceOf(RefreshLaterException.class);
    assertThat(bench.refreshes()).as("all that got through").isZero();

    bench.clock.advance(Duration.ofMinutes(2));
    assertThat(refresh(keeper, 9)).as("the trial").isNull();
    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isFalse();
    for (int user = 0; user < 20; user++) {
      assertThat(refresh(keeper, user)).isNull();
    }
    assertThat(bench.refreshes()).isEqualTo(20);
    assertThat(bench.told()).isEmpty();
  }

  @Test
  void oneOfTwentyIsAPersonWhoLeft() {
    TokenKeeper keeper = withLinks(20);
    bench.oauth.revoke(RefreshBench.account("user3"));

    assertThat(refresh(keeper, 3)).as("asked once more").isInstanceOf(RefreshLaterException.class);
    for (int user = 4; user < 20; user++) {
      assertThat(refresh(keeper, user)).isNull();
    }
    bench.clock.advance(Duration.ofSeconds(11));

    assertThat(refresh(keeper, 3)).isInstanceOf(TokenException.class);
    assertThat(dead()).isEqualTo(1);
    assertThat(bench.told())
        .singleElement()
        .asString()
        .contains("connection.reauthorization_required", "invalid_grant");
  }

  @Test
  void aVendorWithFewLinksIsBelievedAtOnce() {
    TokenKeeper keeper = withLinks(5);
    bench.faults().on("/token").always(Fault.invalidGrant());
    for (int user = 0; user < 5; user++) {
      assertThat(refresh(keeper, user)).isInstanceOf(TokenException.class);
    }
    assertThat(dead()).isEqualTo(5);
  }

  @Test
  void fewWhoLeaveWithinMinutesAreBelievedWhenTheTenMinutesAreOver() {
    TokenKeeper keeper = withLinks(20);
    for (int user = 0; user < 3; user++) {
      bench.oauth.revoke(RefreshBench.account("user" + user));
      assertThat(refresh(keeper, user)).isInstanceOf(RefreshLaterException.class);
    }
    bench.clock.advance(Duration.ofMinutes(1));
    for (int user = 0; user < 3; user++) {
      assertThat(refresh(keeper, user)).isInstanceOf(RefreshLaterException.class);
    }
    bench.clock.advance(Duration.ofMinutes(10));
    for (int user = 0; user < 3; user++) {
      assertThat(refresh(keeper, user)).isInstanceOf(TokenException.class);
    }
    assertThat(dead()).isEqualTo(3);
  }

  @Test
  void whoWasToldBeforeItWasKnownIsToldThatAllIsWell() {
    TokenKeeper keeper = withLinks(20);
    bench.faults().on("/token").always(Fault.invalidGrant());
    refresh(keeper, 0);
    bench.clock.advance(Duration.ofSeconds(11));
    assertThat(refresh(keeper, 0)).isInstanceOf(TokenException.class);

    for (int user = 1; user < 6; user++) {
      bench.clock.advance(Duration.ofMinutes(1));
      refresh(keeper, user);
    }

    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isTrue();
    assertThat(dead()).isZero();
    assertThat(bench.told()).hasSize(2);
    assertThat(bench.told().getLast()).contains("connection.linked", "\"restored\":true");
    bench.faults().clear();
    bench.clock.advance(Duration.ofMinutes(1));
    assertThat(refresh(keeper, 0)).as("tried, and well").isNull();
  }

  /** Where tokens last a day, few links are asked about within ten minutes. */
  @Test
  void sixInARowWithoutARenewalBetweenAreAFaultHoweverLongTheyTake() {
    TokenKeeper keeper = withLinks(100);
    bench.faults().on("/token").always(Fault.invalidGrant());
    for (int user = 0; user < 6; user++) {
      bench.clock.advance(Duration.ofMinutes(15));
      refresh(keeper, user);
      bench.clock.advance(Duration.ofSeconds(11));
      refresh(keeper, user);
    }

    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isTrue();
    assertThat(dead()).as("those who were told too are told that all is well").isZero();
  }

  @Test
  void whoIsCalledDeadAgainAfterTheOperatorHasLookedIsSo() {
    TokenKeeper keeper = withLinks(20);
    for (int user = 0; user < 8; user++) {
      bench.oauth.revoke(RefreshBench.account("user" + user));
      refresh(keeper, user);
    }
    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isTrue();

    assertThat(bench.brake().resume(Actor.key("test"), RefreshBench.ACME)).isTrue();

    for (int user = 0; user < 6; user++) {
      assertThat(refresh(keeper, user)).isInstanceOf(TokenException.class);
    }
    assertThat(refresh(keeper, 12)).isNull();
    assertThat(dead()).isEqualTo(6);
    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isFalse();
  }

  /** Else their people would wait for minutes before they are asked to link again. */
  @Test
  void whatOurOwnStopHasCostIsToldAtOnceAndIsNotCounted() throws InterruptedException {
    TokenKeeper next = afterAStopInSevenRotations();

    for (int user = 0; user < 7; user++) {
      assertThat(refresh(next, user)).isInstanceOf(TokenException.class);
    }
    assertThat(bench.told()).hasSize(7).allMatch(event -> event.contains("lost_when_stopped"));
    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isFalse();
    assertThat(refresh(next, 12)).isNull();
  }

  private TokenKeeper afterAStopInSevenRotations() throws InterruptedException {
    withLinks(20);
    for (int user = 0; user < 7; user++) {
      Halt halt = new Halt(RefreshStep.ANSWERED);
      TokenKeeper dying = bench.keeper(halt);
      Grant grant = grants.get(user);
      var _ = inBackground(() -> dying.fresh(bench.connector, grant));
      halt.awaitReached();
    }
    bench.clock.advance(RefreshLeases.ASKING.plusSeconds(1));
    return bench.keeperOfAnotherHost();
  }

  /** The long crash run found it: people waited for the brake although it was our stop. */
  @Test
  void whatOurOwnStopHasCostStaysOursThoughTheNextQuestionIsNotAnswered()
      throws InterruptedException {
    TokenKeeper next = afterAStopInSevenRotations();
    bench.faults().on("/token").always(Fault.status(503));
    for (int user = 0; user < 7; user++) {
      assertThat(refresh(next, user)).isInstanceOf(RefreshLaterException.class);
    }
    bench.faults().clear();
    bench.clock.advance(Duration.ofMinutes(1));

    for (int user = 0; user < 7; user++) {
      assertThat(refresh(next, user)).isInstanceOf(TokenException.class);
    }
    assertThat(bench.told()).hasSize(7).allMatch(event -> event.contains("lost_when_stopped"));
    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isFalse();
  }

  @Test
  void anApplicationThatIsRefusedStopsAllAtOnceUntilTheOperatorSaysSo() {
    TokenKeeper keeper = withLinks(3);
    bench.faults().on("/token").always(Fault.invalidClient());

    assertThat(refresh(keeper, 0)).hasMessageContaining("invalid_client");
    assertThat(refresh(keeper, 1)).hasMessageContaining("refuses our application (invalid_client)");
    // It holds over restarts and other hosts.
    assertThat(refresh(bench.keeperOfAnotherHost(), 2)).isInstanceOf(RefreshLaterException.class);
    assertThat(bench.refreshes()).isZero();
    assertThat(dead()).isZero();
    bench.faults().clear();

    assertThat(bench.brake().resume(Actor.key("test"), RefreshBench.ACME)).isTrue();
    assertThat(bench.brake().resume(Actor.key("test"), RefreshBench.ACME)).isFalse();
    assertThat(refresh(keeper, 1)).isNull();
  }

  @Test
  void theCountHoldsOverHosts() {
    TokenKeeper one = withLinks(12);
    TokenKeeper other = bench.keeperOfAnotherHost();
    bench.faults().on("/token").always(Fault.invalidGrant());
    for (int user = 0; user < 6; user++) {
      refresh(user % 2 == 0 ? one : other, user);
    }

    assertThat(bench.brake().isStopped(RefreshBench.ACME)).isTrue();
    assertThat(dead()).isZero();
    assertThatThrownBy(() -> other.fresh(bench.connector, grants.get(11)))
        .isInstanceOf(RefreshLaterException.class);
  }
}
