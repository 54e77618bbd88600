package io.cloudconnector.host.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One thread's item, from the queue to its result. */
final class GroupedItem<I, O> {
  private final GroupedWork<I, O> work;

  /** Dropped when it is given up: it may be large, and the queue stands until the next commit. */
  private @Nullable I item;

  private final CompletableFuture<O> done = new CompletableFuture<>();

  /** Taken up by the committing thread, or given up by the waiting one: whoever is first. */
  private final AtomicBoolean decided = new AtomicBoolean();

  private volatile @Nullable O result;

  GroupedItem(GroupedWork<I, O> work, I item) {
    this.work = work;
    this.item = item;
  }

  /** Nobody's: it wakes the committing thread. */
  static GroupedItem<?, ?> nothing() {
    GroupedItem<Object, Object> nothing =
        new GroupedItem<>(
            new GroupedWork<>(GroupedWork.Rank.LIMIT, "nothing", (tx, items) -> items),
            new Object());
    nothing.decided.set(true);
    return nothing;
  }

  GroupedWork<I, O> work() {
    return work;
  }

  /** False when nobody waits for it any more. */
  boolean begin() {
    return decided.compareAndSet(false, true);
  }

  /** Does all these items, which are known to be of this work. */
  @SuppressWarnings("unchecked")
  static void workAll(Handle tx, GroupedWork<?, ?> work, List<GroupedItem<?, ?>> items) {
    workAllOf(
        tx, (GroupedWork<Object, Object>) work, (List<GroupedItem<Object, Object>>) (Object) items);
  }

  private static <I, O> void workAllOf(
      Handle tx, GroupedWork<I, O> work, List<GroupedItem<I, O>> items) {
    List<I> all = new ArrayList<>();
    items.forEach(each -> all.add(Objects.requireNonNull(each.item)));
    List<O> results = work.work().apply(tx, all);
    if (results.size() != items.size()) {
      throw new IllegalStateException("grouped work must give one result for each item");
    }
    for (int i = 0; i < items.size(); i++) {
      items.get(i).result = Objects.requireNonNull(results.get(i));
    }
  }

  /** The transaction is on disk. */
  void succeed() {
    done.complete(result);
  }

  void fail(Throwable cause) {
    done.completeExceptionally(cause);
  }

  O await(Duration patience) {
    try {
      return done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException slow) {
      throw tooSlow(patience, slow);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp();
      throw new DatabaseUnavailableException("nobody waits for the commit any more", e);
    } catch (ExecutionException e) {
      throw refused(e.getCause());
    }
  }

  private void giveUp() {
    if (decided.compareAndSet(false, true)) {
      item = null;
    }
  }

  private DatabaseUnavailableException tooSlow(Duration patience, Exception e) {
    giveUp();
    return new DatabaseUnavailableException(
        "the database did not commit within " + patience.toSeconds() + " s", e);
  }

  /** A new exception: that of the other thread knows nothing of the way that led here. */
  private static RuntimeException refused(@Nullable Throwable cause) {
    return switch (cause) {
      case DatabaseUnavailableException passing ->
          new DatabaseUnavailableException(String.valueOf(passing.getMessage()), passing);
      case DatabaseException refused ->
          new DatabaseException(String.valueOf(refused.getMessage()), refused);
      case null, default -> new IllegalStateException("work in a shared transaction failed", cause);
    };
  }
}
