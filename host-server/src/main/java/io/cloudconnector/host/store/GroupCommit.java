package io.cloudconnector.host.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Does the work of many threads in one transaction after another, so that they share the wait for
 * the disk: what comes while one commit is under way goes into the next. Thread-safe.
 */
final class GroupCommit implements AutoCloseable {
  private static final int LARGEST_GROUP = 512;
  private static final int LONGEST_QUEUE = 4_096;

  private final Consumer<Consumer<Handle>> transaction;
  private final BlockingQueue<GroupedItem<?, ?>> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong items = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Started at once.
   *
   * @param transaction runs its argument in a transaction that is on disk when it returns
   */
  GroupCommit(Consumer<Consumer<Handle>> transaction) {
    this.transaction = transaction;
    // Not a virtual thread: it waits for the disk in native code, which would hold a carrier.
    this.thread = Thread.ofPlatform().name("group-commit").daemon().start(this::run);
  }

  /**
   * Does one item along with others; on disk when this returns.
   *
   * @param patience how long to wait in all
   * @throws DatabaseUnavailableException when the database does not keep up; the item is then not
   *     done, unless its commit was under way already
   */
  <I, O> O run(GroupedWork<I, O> work, I item, Duration patience) {
    GroupedItem<I, O> mine = new GroupedItem<>(work, item);
    if (closed) {
      throw DatabaseUnavailableException.closed();
    }
    if (!queue.offer(mine)) {
      throw DatabaseUnavailableException.behind(queue.size());
    }
    return mine.await(patience);
  }

  private void run() {
    List<GroupedItem<?, ?>> group = new ArrayList<>();
    try {
      while (!closed) {
        group.add(queue.take());
        queue.drainTo(group, LARGEST_GROUP - 1);
        group.removeIf(item -> !item.begin());
        commitOrFail(group);
        group.clear();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      refuseTheRest();
    }
  }

  /** Whatever it is, out of memory included: without this thread nothing could be stored again. */
  private void commitOrFail(List<GroupedItem<?, ?>> group) {
    try {
      commit(group);
    } catch (RuntimeException | Error e) {
      group.forEach(item -> item.fail(e));
    }
  }

  private void commit(List<GroupedItem<?, ?>> group) {
    if (group.isEmpty()) {
      return;
    }
    try {
      transaction.accept(tx -> work(tx, group));
      commits.incrementAndGet();
      items.addAndGet(group.size());
      group.forEach(GroupedItem::succeed);
    } catch (DatabaseUnavailableException e) {
      group.forEach(item -> item.fail(e));
    } catch (RuntimeException | Error e) {
      alone(group, e);
    }
  }

  /** Undone for all: each tries by itself, so that only the one at fault fails. */
  private void alone(List<GroupedItem<?, ?>> group, Throwable fault) {
    if (group.size() == 1) {
      group.getFirst().fail(fault);
      return;
    }
    group.forEach(item -> commit(List.of(item)));
  }

  private static void work(Handle tx, List<GroupedItem<?, ?>> group) {
    Map<GroupedWork<?, ?>, List<GroupedItem<?, ?>>> kinds = new LinkedHashMap<>();
    group.stream()
        .sorted(Comparator.comparing(GroupedItem::work, GroupedWork.ONE_ORDER))
        .forEach(item -> kinds.computeIfAbsent(item.work(), _ -> new ArrayList<>()).add(item));
    kinds.forEach((work, items) -> GroupedItem.workAll(tx, work, items));
  }

  private void refuseTheRest() {
    closed = true;
    List<GroupedItem<?, ?>> rest = new ArrayList<>();
    queue.drainTo(rest);
    rest.forEach(item -> item.fail(DatabaseUnavailableException.closed()));
  }

  /** Transactions so far. */
  long commits() {
    return commits.get();
  }

  /** Items done so far. */
  long items() {
    return items.get();
  }

  /** Items that wait now. */
  int waiting() {
    return queue.size();
  }

  /** Ends the transaction under way and refuses what still waits. */
  @Override
  public void close() {
    closed = true;
    // Wakes the thread where it waits for work; an interrupt could break a commit off.
    var _ = queue.offer(GroupedItem.nothing());
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    refuseTheRest();
  }
}
