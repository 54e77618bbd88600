package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Many threads' work in one transaction. */
class GroupCommitTest extends StoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final GroupedWork<String, String> work =
      new GroupedWork<>(GroupedWork.Rank.INTAKE, "keys", this::insertAll);
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  private List<String> insertAll(Handle tx, List<String> keys) {
    for (String key : keys) {
      if (key.equals("slow")) {
        held.countDown();
        await(goOn);
      } else {
        insert(tx, key);
      }
    }
    return keys;
  }

  private static void insert(Handle tx, String key) {
    tx.execute("INSERT INTO dedupe (vendor, dedupe_key, seen_at) VALUES ('acme', ?, 0)", key);
  }

  private long stored() {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM dedupe").mapTo(Long.class).one());
  }

  /** Holds the committing thread, so that what comes meanwhile meets in the next group. */
  private Future<String> hold(ExecutorService threads) {
    Future<String> slow = threads.submit(() -> database.together(work, "slow", PATIENCE));
    await(held);
    return slow;
  }

  @Test
  void sharesOneCommitAmongAllThatWait() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = hold(threads);
      long before = database.groupCounts().commits();
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String key = "k" + i;
        all.add(threads.submit(() -> database.together(work, key, PATIENCE)));
      }
      Awaitility.await().until(() -> database.groupCounts().waiting() == 100);
      goOn.countDown();

      for (int i = 0; i < 100; i++) {
        assertThat(all.get(i).get()).isEqualTo("k" + i);
      }
      assertThat(slow.get()).isEqualTo("slow");
      assertThat(stored()).isEqualTo(100);
      assertThat(database.groupCounts().commits() - before).isEqualTo(2);
    }
  }

  @Test
  void failsOnlyTheOneAtFault() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = hold(threads);
      Future<String> first = threads.submit(() -> database.together(work, "same", PATIENCE));
      Awaitility.await().until(() -> database.groupCounts().waiting() == 1);
      Future<String> again = threads.submit(() -> database.together(work, "same", PATIENCE));
      Future<String> other = threads.submit(() -> database.together(work, "other", PATIENCE));
      Awaitility.await().until(() -> database.groupCounts().waiting() == 3);
      goOn.countDown();

      assertThat(slow.get()).isEqualTo("slow");
      assertThat(first.get()).isEqualTo("same");
      assertThat(other.get()).isEqualTo("other");
      assertThatThrownBy(again::get)
          .hasCauseInstanceOf(DatabaseException.class)
          .hasMessageContaining("refused");
      assertThat(stored()).isEqualTo(2);
    }
  }

  @Test
  void isNotWaitedForLongerThanAskedAndThenNotDone() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = hold(threads);
      assertThatThrownBy(() -> database.together(work, "late", Duration.ofMillis(50)))
          .isInstanceOf(DatabaseUnavailableException.class);
      goOn.countDown();

      assertThat(slow.get()).isEqualTo("slow");
      assertThat(database.together(work, "next", PATIENCE)).isEqualTo("next");
      assertThat(stored()).isOne();
    }
  }

  /** The vendor has its 503 and sends the body again: the old one must not wait in memory. */
  @Test
  void holdsNothingOfWhatWasGivenUp() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = hold(threads);
      WeakReference<String> body = giveUp();
      Awaitility.await()
          .until(
              () -> {
                System.gc();
                return body.get() == null;
              });
      goOn.countDown();
      assertThat(slow.get()).isEqualTo("slow");
    }
  }

  private WeakReference<String> giveUp() {
    String body = "late".repeat(1_000);
    assertThatThrownBy(() -> database.together(work, body, Duration.ofMillis(50)))
        .isInstanceOf(DatabaseUnavailableException.class);
    return new WeakReference<>(body);
  }

  @Test
  void boundsWhatWaits() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> slow = hold(threads);
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < 4_096; i++) {
        String key = "k" + i;
        all.add(threads.submit(() -> database.together(work, key, PATIENCE)));
      }
      Awaitility.await().until(() -> database.groupCounts().waiting() == 4_096);
      assertThatThrownBy(() -> database.together(work, "one more", PATIENCE))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("does not keep up");
      goOn.countDown();

      for (Future<String> each : all) {
        assertThat(each.get()).startsWith("k");
      }
      assertThat(slow.get()).isEqualTo("slow");
    }
  }

  @Test
  void failsAllWhenTheDatabaseIsGoneAndGoesOnAfterwards() throws Exception {
    GroupedWork<String, String> gone =
        new GroupedWork<>(
            GroupedWork.Rank.INTAKE,
            "gone",
            (tx, items) -> {
              throw DatabaseUnavailableException.closed();
            });
    assertThatThrownBy(() -> database.together(gone, "x", PATIENCE))
        .isInstanceOf(DatabaseUnavailableException.class);
    assertThat(database.together(work, "next", PATIENCE)).isEqualTo("next");
  }

  @Test
  void refusesWhatComesAfterItsEnd() {
    Database closed = kind.open(folder);
    closed.close();
    assertThatThrownBy(() -> closed.together(work, "late", PATIENCE))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("closed");
  }
}
