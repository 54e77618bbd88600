package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimitStoreTest extends StoreTest {
  private static final Instant WINDOW = NOW.minusSeconds(60);
  private LimitStore store;

  @BeforeEach
  void make() {
    store = new LimitStore(database);
  }

  @Test
  void countsOnlyWhatIsInsideTheWindow() {
    record(1, "", WINDOW);
    record(2, "", WINDOW.plusMillis(1));
    record(4, "", NOW);
    assertThat(used(null)).isEqualTo(6);
  }

  @Test
  void countsAllTagsOrOne() {
    record(1, "", NOW);
    record(2, "write", NOW);
    assertThat(used(null)).isEqualTo(3);
    assertThat(used("write")).isEqualTo(2);
    assertThat(used("read")).isZero();
  }

  @Test
  void keepsVendorsAndScopesApart() {
    record(1, "", NOW);
    assertThat(used(OTHER, "app", null)).isZero();
    assertThat(used(ACME, "user:ann", null)).isZero();
  }

  @Test
  void tellsWithWhichUseEnoughPermitsCameTogether() {
    record(2, "", NOW.minusSeconds(30));
    record(2, "write", NOW.minusSeconds(20));
    record(2, "", NOW.minusSeconds(10));
    assertThat(usedUpTo(1)).contains(NOW.minusSeconds(30));
    assertThat(usedUpTo(2)).contains(NOW.minusSeconds(30));
    assertThat(usedUpTo(3)).contains(NOW.minusSeconds(20));
    assertThat(usedUpTo(6)).contains(NOW.minusSeconds(10));
    assertThat(usedUpTo(7)).isEmpty();
  }

  @Test
  void countsAPermitFromWhenItsResponseArrived() {
    long id = record(1, "", WINDOW);
    database.execute(tx -> store.move(tx, id, NOW));
    assertThat(used(null)).isOne();
  }

  @Test
  void takesUnusedPermitsBack() {
    long id = record(3, "", NOW);
    database.execute(tx -> store.giveBack(tx, id, 1));
    assertThat(used(null)).isEqualTo(2);
    database.execute(tx -> store.giveBack(tx, id, 2));
    assertThat(used(null)).isZero();
    database.execute(tx -> store.giveBack(tx, id, 1));
    assertThat(used(null)).isZero();
  }

  @Test
  void neverShortensAStop() {
    assertThat(stopUntil()).isEmpty();
    stop(NOW.plusSeconds(10));
    stop(NOW.plusSeconds(5));
    assertThat(stopUntil()).contains(NOW.plusSeconds(10));
    stop(NOW.plusSeconds(20));
    assertThat(stopUntil()).contains(NOW.plusSeconds(20));
  }

  @Test
  void purgesWhatNoWindowNeeds() {
    record(1, "", NOW.minusSeconds(1));
    record(1, "", NOW);
    stop(NOW.minusSeconds(1));
    int purged = in(tx -> store.purge(tx, NOW));
    assertThat(purged).isOne();
    assertThat(used(null)).isOne();
    assertThat(stopUntil()).isEmpty();
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
    if (store.used(tx, ACME, "app", null, WINDOW) >= 10) {
      return false;
    }
    store.record(tx, ACME, "app", "", 1, NOW);
    return true;
  }

  private long record(int permits, String tag, Instant at) {
    return in(tx -> store.record(tx, ACME, "app", tag, permits, at));
  }

  private long used(@Nullable String tag) {
    return used(ACME, "app", tag);
  }

  private long used(VendorType vendor, String scope, @Nullable String tag) {
    return in(tx -> store.used(tx, vendor, scope, tag, WINDOW));
  }

  private Optional<Instant> usedUpTo(long permits) {
    return in(tx -> store.usedUpTo(tx, ACME, "app", null, WINDOW, permits));
  }

  private void stop(Instant until) {
    database.execute(tx -> store.stop(tx, ACME, "app", until));
  }

  private Optional<Instant> stopUntil() {
    return in(tx -> store.stopUntil(tx, ACME, "app"));
  }

  private <T> T in(Function<Handle, T> work) {
    return database.write(work);
  }
}
