package io.cloudconnector.host.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.sync.RefreshAhead;
import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens are refreshed before anybody has to wait for it. */
class RefreshAheadTest extends RefreshTestBase {
  private RefreshAhead ahead;

  @BeforeEach
  void make() {
    ahead = job(bench.keeper());
  }

  private RefreshAhead job(TokenKeeper keeper) {
    return new RefreshAhead(bench.database, bench.connectors, keeper, bench.clock);
  }

  private void awaitRefreshes(int count) {
    Awaitility.await()
        .until(
            () -> {
              ahead.run();
              return bench.refreshes() >= count
                  && bench.openRefreshes().equals("0 rows, 0 answers");
            });
    assertThat(bench.refreshes()).isEqualTo(count);
  }

  private int due() {
    return new RefreshStore(bench.database)
        .due(RefreshBench.ACME, bench.clock.instant(), 1_000)
        .size();
  }

  @Test
  void linksMadeTogetherAreNotRefreshedTogether() {
    for (int i = 0; i < 30; i++) {
      bench.link("user" + i);
    }
    bench.clock.advance(Duration.ofMinutes(46));
    assertThat(due()).isZero();
    bench.clock.advance(Duration.ofMinutes(5));
    assertThat(due()).isBetween(3, 27);
    bench.clock.advance(Duration.ofMinutes(5));
    assertThat(due()).isEqualTo(30);

    RefreshAhead other = job(bench.keeperOfAnotherHost());
    other.run();
    awaitRefreshes(30);
    other.run();
    assertThat(due()).isZero();
  }

  @Test
  void aFailureIsTriedAgainAfterItsPauseAndNotBefore() {
    bench.link("anna");
    bench.faults().on("/token").always(Fault.status(503));
    bench.clock.advance(Duration.ofMinutes(57));
    Awaitility.await()
        .until(
            () -> {
              ahead.run();
              return bench.openRefreshes().equals("1 rows, 0 answers") && due() == 0;
            });
    bench.faults().clear();
    bench.clock.advance(Duration.ofSeconds(10));

    awaitRefreshes(1);
  }

  @Test
  void anIdleLinkWhoseRefreshTokenDoesNotLapseIsLeftAloneOnceItsTokenWasRefreshed() {
    bench.link("anna");
    bench.oauth.accessTokenLife(Duration.ofDays(10));
    bench.clock.advance(Duration.ofMinutes(57));
    awaitRefreshes(1);

    bench.clock.advance(Duration.ofDays(9).plusHours(12));
    Awaitility.await()
        .until(
            () -> {
              ahead.run();
              return due() == 0;
            });

    assertThat(bench.refreshes()).isEqualTo(1);
  }

  @Test
  void anIdleLinkIsRefreshedBeforeItsRefreshTokenLapses() {
    Grant grant = bench.link("anna");
    var stored = bench.stored("anna");
    // The vendor says that the refresh token ends in thirty days.
    var until = bench.clock.instant().plus(Duration.ofDays(30));
    bench.database.execute(
        tx ->
            bench.connections.saveCredentials(
                tx,
                RefreshBench.ACME,
                "anna",
                grant.generation(),
                stored.credentialsVersion(),
                Objects.requireNonNull(stored.credentials()),
                bench.clock.instant().plus(Duration.ofDays(20)),
                until,
                null,
                bench.clock.instant()));
    bench.clock.advance(Duration.ofDays(17));
    ahead.run();
    assertThat(due()).isZero();

    bench.clock.advance(Duration.ofDays(7).plusHours(12));

    awaitRefreshes(1);
  }

  @Test
  void aRefreshThatADeadHostLeftIsFinishedThoughNobodyNeedsTheToken() throws Exception {
    Grant grant = bench.link("anna");
    var rejected = bench.keeper().fresh(bench.connector, grant);
    Halt halt = new Halt(RefreshStep.KEPT);
    TokenKeeper dying = bench.keeper(halt);
    var _ = inBackground(() -> dying.renewed(bench.connector, grant, rejected));
    halt.awaitReached();
    bench.clock.advance(RefreshLeases.SHORT);

    awaitRefreshes(1);

    assertThat(bench.isGood(bench.keeper().fresh(bench.connector, grant))).isTrue();
  }

  @Test
  void aDeathThatWasHeldBackIsSettledThoughNobodyNeedsTheToken() {
    for (int i = 0; i < 12; i++) {
      bench.link("user" + i);
    }
    bench.oauth.revoke(RefreshBench.account("user4"));
    bench.clock.advance(Duration.ofMinutes(57));

    Awaitility.await()
        .until(
            () -> {
              ahead.run();
              bench.clock.advance(Duration.ofSeconds(1));
              return bench.status("user4") == ConnectionStatus.REAUTHORIZATION_REQUIRED;
            });
  }
}
