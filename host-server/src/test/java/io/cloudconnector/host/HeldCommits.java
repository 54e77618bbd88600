package io.cloudconnector.host;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.GroupedWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/** Keeps a running host from committing until it is closed, so that what comes meanwhile meets. */
final class HeldCommits implements AutoCloseable {
  /** So many writes wait for the next commits at most. */
  static final int FULL = 4_096;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Database database;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HeldCommits(RunningHost host) {
    database = ReachableObjects.one(Database.class, host.running());
    threads.execute(
        () -> write(new GroupedWork<>(GroupedWork.Rank.LIMIT, "hold", (tx, all) -> hold(all))));
    await(held);
  }

  private List<Integer> hold(List<Integer> items) {
    held.countDown();
    await(goOn);
    return items;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(GroupedWork<Integer, Integer> work) {
    try {
      var _ = database.together(work, 1, PATIENCE);
    } catch (DatabaseException full) {
      // Something of the host's own took the last place.
    }
  }

  /** Until so many writes wait. */
  void awaitWaiting(int atLeast) {
    Awaitility.await().until(() -> waiting() >= atLeast);
  }

  int waiting() {
    return database.groupCounts().waiting();
  }

  /** Brings as many writes as may wait. */
  void fill() {
    GroupedWork<Integer, Integer> nothing =
        new GroupedWork<>(GroupedWork.Rank.LIMIT, "nothing", (tx, all) -> all);
    for (int i = 0; i < FULL; i++) {
      threads.execute(() -> write(nothing));
    }
    awaitWaiting(FULL);
  }

  @Override
  public void close() {
    goOn.countDown();
    threads.close();
  }
}
