package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.GroupedWork;
import io.cloudconnector.host.store.InboxArrivals;
import io.cloudconnector.host.store.InboxArrivals.Sorted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what came in a burst into its lines, some at a time. It gives way while others wait to have
 * something stored.
 */
public final class ArrivalSorter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ArrivalSorter.class);

  private static final int SLICE = 32;

  /**
   * Up to so much while nobody waits: what a flood has left shall not take a commit for each few.
   */
  private static final int LARGEST_SLICE = 512;

  /** At most so long between two slices while others wait to have something stored. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(25);

  /** Measured by the slice, since a fixed pause would bound a fast machine to a slow one's pace. */
  private static final int PAUSE_FOR_WORK = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long to wait for news: nobody tells what a host has left that died. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(5);

  private final Database database;
  private final InboxArrivals arrivals;
  private final Metrics metrics;
  private final GroupedWork<Integer, Sorted> sorting =
      new GroupedWork<>(GroupedWork.Rank.SORT, "sort", this::sort);
  private final Thread thread = Thread.ofPlatform().name("arrivals").unstarted(this::run);
  private volatile boolean closed;

  // Used by the sorting thread only.
  private int slice = SLICE;
  private boolean failing;

  public ArrivalSorter(Database database, Metrics metrics) {
    this.database = database;
    this.arrivals = new InboxArrivals(database);
    this.metrics = metrics;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      long seen = database.arrivalSignal().seen();
      long began = System.nanoTime();
      if (!sortSome()) {
        slice = SLICE;
        database.arrivalSignal().awaitBeyond(seen, LONGEST_SLEEP);
      } else if (database.groupCounts().waiting() > 0) {
        slice = SLICE;
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        LockSupport.parkNanos(pauseAfter(took).toNanos());
      } else {
        slice = Math.min(2 * slice, LARGEST_SLICE);
      }
    }
  }

  /** How long to give way after a slice that took so long, with the wait for its commit. */
  static Duration pauseAfter(Duration took) {
    Duration pause = took.multipliedBy(PAUSE_FOR_WORK);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Whether there may be more. */
  private boolean sortSome() {
    try {
      if (!database.read(arrivals::any)) {
        return false;
      }
      Sorted some = database.together(sorting, slice, PATIENCE);
      some.repeated()
          .forEach(
              (vendor, count) -> {
                metrics.eventsDuplicate(vendor, count);
                log.atInfo()
                    .addKeyValue("vendor", vendor)
                    .log("{} notice(s) came again and change nothing", count);
              });
      failing = false;
      return some.sorted() == slice;
    } catch (RuntimeException | Error e) {
      // Whatever it is: without this thread nothing that comes would ever be in line again.
      if (!failing) {
        failing = true;
        log.atWarn()
            .setCause(e instanceof DatabaseException ? null : e)
            .log(
                "What came in a burst cannot be put in line ({}); it is tried again soon",
                e.getMessage());
      }
      return false;
    }
  }

  private List<Sorted> sort(Handle tx, List<Integer> limits) {
    return limits.stream().map(limit -> arrivals.sort(tx, limit)).toList();
  }

  /** What is left is sorted after the next start. */
  @Override
  public void close() {
    closed = true;
    database.arrivalSignal().raise();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
