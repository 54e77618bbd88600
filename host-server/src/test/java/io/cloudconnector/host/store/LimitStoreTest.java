package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitStoreTest extends StoreTest {
  private static final Instant WINDOW = NOW.minusSeconds(60);
  private static final Instant LONG_AGO = Instant.EPOCH;
  private LimitStore store;

  @BeforeEach
  void make() {
    store = new LimitStore(database);
  }

  @Test
  void findsOnlyWhatIsInsideTheWindow() {
    add(1, "", WINDOW);
    add(2, "", WINDOW.plusMillis(1));
    add(4, "", NOW);
    assertThat(permits("app")).isEqualTo(6);
  }

  @Test
  void addsUpWhatIsOfOneMomentAndTag() {
    add(1, "", NOW);
    add(2, "", NOW);
    add(4, "write", NOW);
    assertThat(load("app").uses())
        .containsExactlyInAnyOrder(
            new LimitUse("app", "", 3, NOW, false), new LimitUse("app", "write", 4, NOW, false));
  }

  @Test
  void keepsVendorsAndScopesApart() {
    add(1, "", NOW);
    hold(1, 1, NOW);
    assertThat(load(OTHER, "app").uses()).isEmpty();
    assertThat(permits("user:ann")).isZero();
  }

  @Test
  void countsAHoldInEachOfItsScopesUntilItIsReleased() {
    LimitHold hold = new LimitHold(7, Set.of("app", "user:ann"), "", 3, NOW);
    database.execute(tx -> store.hold(tx, ACME, List.of(hold)));
    assertThat(load("app").uses()).containsExactly(new LimitUse("app", "", 3, NOW, true));
    release(7, 1);
    assertThat(permits("app")).isEqualTo(2);
    assertThat(permits("user:ann")).isEqualTo(2);
    release(7, 2);
    release(7, 1);
    assertThat(permits("app") + permits("user:ann")).isZero();
  }

  @Test
  void takesManyItemsInOneStep() {
    database.execute(
        tx -> {
          store.hold(
              tx,
              ACME,
              List.of(
                  new LimitHold(1, Set.of("app"), "", 1, NOW),
                  new LimitHold(2, Set.of("app"), "", 1, NOW)));
          store.release(tx, Map.of(1L, 1, 2L, 1));
          store.add(
              tx,
              ACME,
              List.of(
                  new LimitUse("app", "", 1, NOW, false), new LimitUse("app", "", 1, NOW, false)));
        });
    assertThat(load("app").uses()).containsExactly(new LimitUse("app", "", 2, NOW, false));
  }

  @Test
  void takesNoItemsToo() {
    database.execute(
        tx -> {
          store.hold(tx, ACME, List.of());
          store.release(tx, Map.of());
          store.add(tx, ACME, List.of());
        });
    assertThat(load("app").uses()).isEmpty();
  }

  @Test
  void endsHoldsOfOneSpanEarlier() {
    hold(1, 1, NOW.plusSeconds(10));
    hold(2, 1, NOW.plusSeconds(20));
    hold(3, 1, NOW.plusSeconds(30));
    database.execute(
        tx ->
            store.endHolds(
                tx, ACME, "app", NOW.plusSeconds(10), NOW.plusSeconds(20), NOW.plusSeconds(1)));
    assertThat(load("app").uses())
        .extracting(LimitUse::at)
        .containsExactlyInAnyOrder(NOW.plusSeconds(10), NOW.plusSeconds(1), NOW.plusSeconds(30));
  }

  @Test
  void endsWhatAnEarlierRunLeftOnlyWhereThereIsNoOtherHost() {
    hold(1, 1, NOW.plusSeconds(10));
    database.execute(tx -> store.endHoldsOfTheDead(tx, ACME, NOW));
    Instant expected = kind == TestDatabase.SQLITE ? NOW : NOW.plusSeconds(10);
    assertThat(load("app").uses()).extracting(LimitUse::at).containsExactly(expected);
  }

  @Test
  void removesOneSpan() {
    add(1, "", NOW.minusSeconds(3));
    add(2, "", NOW.minusSeconds(2));
    add(4, "", NOW);
    database.execute(tx -> store.remove(tx, ACME, "app", NOW.minusSeconds(3), NOW.minusSeconds(1)));
    assertThat(permits("app")).isEqualTo(5);
  }

  @Test
  void neverShortensAStop() {
    assertThat(load("app").stop()).isEmpty();
    stop(NOW.plusSeconds(10));
    stop(NOW.plusSeconds(5));
    assertThat(load("app").stop()).contains(NOW.plusSeconds(10));
    stop(NOW.plusSeconds(20));
    Optional<Instant> until = in(tx -> store.stopUntil(tx, ACME, "app"));
    assertThat(until).contains(NOW.plusSeconds(20));
  }

  @Test
  void purgesWhatNoWindowNeeds() {
    add(1, "", NOW.minusSeconds(1));
    add(1, "", NOW);
    hold(1, 1, NOW.minusSeconds(1));
    stop(NOW.minusSeconds(1));
    int purged = in(tx -> store.purge(tx, Map.of(ACME, NOW), LONG_AGO));
    assertThat(purged).isOne();
    assertThat(permits("app")).isOne();
    assertThat(load("app").stop()).isEmpty();
  }

  /** It may run on another host, or here again after a restart. */
  @Test
  void purgesNothingOfAVendorThatDoesNotRunHere() {
    add(1, "", NOW.minusSeconds(1));
    int purged = in(tx -> store.purge(tx, Map.of(OTHER, NOW), LONG_AGO));
    assertThat(purged).isZero();
    assertThat(permits("app")).isOne();

    purged = in(tx -> store.purge(tx, Map.of(), NOW));
    assertThat(purged).isOne();
    assertThat(permits("app")).isZero();
  }

  @Test
  void letsNoTwoTakeTheSamePermit() throws Exception {
    List<Future<Boolean>> tries = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        tries.add(threads.submit(() -> in(this::takeOneOfTen)));
      }
    }
    int taken = 0;
    for (Future<Boolean> each : tries) {
      taken += each.get() ? 1 : 0;
    }
    assertThat(taken).isEqualTo(10);
  }

  private boolean takeOneOfTen(Handle tx) {
    store.lock(tx, ACME);
    if (permits(store.load(tx, ACME, "app", WINDOW)) >= 10) {
      return false;
    }
    store.add(tx, ACME, List.of(new LimitUse("app", "", 1, NOW, false)));
    return true;
  }

  private void add(int permits, String tag, Instant at) {
    database.execute(
        tx -> store.add(tx, ACME, List.of(new LimitUse("app", tag, permits, at, false))));
  }

  private void hold(long id, int permits, Instant until) {
    database.execute(
        tx -> store.hold(tx, ACME, List.of(new LimitHold(id, Set.of("app"), "", permits, until))));
  }

  private void release(long id, int permits) {
    database.execute(tx -> store.release(tx, Map.of(id, permits)));
  }

  private ScopeUses load(String scope) {
    return load(ACME, scope);
  }

  private ScopeUses load(VendorType vendor, String scope) {
    return in(tx -> store.load(tx, vendor, scope, WINDOW));
  }

  private int permits(String scope) {
    return permits(load(scope));
  }

  private static int permits(ScopeUses found) {
    return found.uses().stream().mapToInt(LimitUse::permits).sum();
  }

  private void stop(Instant until) {
    database.execute(tx -> store.stop(tx, ACME, "app", until));
  }

  private <T> T in(Function<Handle, T> work) {
    return database.write(work);
  }
}
