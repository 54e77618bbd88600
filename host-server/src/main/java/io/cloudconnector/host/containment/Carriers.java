package io.cloudconnector.host.containment;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that carry the virtual ones. A virtual thread that computes without end keeps its
 * carrier; when all are kept so, others are added, and taken back afterwards. Used by the watch
 * alone.
 */
final class Carriers {
  private static final Logger log = LoggerFactory.getLogger(Carriers.class);

  private static final Duration STARVED = Duration.ofSeconds(1);

  /** A plugin's own threads may compute so, too, and nobody watches those. */
  private static final Duration UNEXPLAINED = Duration.ofSeconds(5);

  /** Threads in native code (SQLite, a file) keep theirs, and others go on meanwhile. */
  private static final int SPARE = 2;

  /** Where an operator may tell how many. */
  static final String TOLD = "jdk.virtualThreadScheduler.parallelism";

  /** The scheduler's own bound on its threads. */
  private static final int MOST = 256;

  /** So many that some have a queue to themselves. */
  private static final int WAKERS = 16;

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private int usual = scheduler.getParallelism();
  private int present = usual;
  private volatile boolean ran = true;
  private long startedAt;

  /**
   * Has as many as the processors can use, unless the operator told how many. More would push the
   * one thread that commits to the end of the processors' queue.
   */
  void suitProcessors() {
    if (System.getProperty(TOLD) == null) {
      usual = Math.min(Runtime.getRuntime().availableProcessors() + SPARE, MOST);
      use(usual);
    }
  }

  /** Whether the virtual thread that the last look started has run; starts another if so. */
  boolean carry() {
    if (!ran) {
      return false;
    }
    probe();
    return true;
  }

  private void probe() {
    ran = false;
    startedAt = System.nanoTime();
    Thread.ofVirtual().name("carrier-probe").start(() -> ran = true);
  }

  /**
   * Adds carriers if none has run for a while.
   *
   * @param stuck how many calls into connectors seem to keep one
   */
  void relieve(int stuck) {
    boolean explained = stuck > 0;
    Duration longest = explained ? STARVED : UNEXPLAINED;
    if (System.nanoTime() - startedAt > longest.toNanos()) {
      add(Math.max(stuck, 1));
      if (!explained) {
        // Nobody will tell when those end.
        usual = present;
      }
      // Another is added only if this did not help.
      startedAt = System.nanoTime();
    }
  }

  private void add(int wanted) {
    int more = Math.min(present + wanted, MOST);
    if (more > present) {
      log.atWarn()
          .log(
              "Something computes without a pause and nothing else ran; {} threads run virtual ones"
                  + " now instead of {}",
              more,
              present);
      use(more);
      wake();
    }
  }

  /**
   * The scheduler starts a carrier when a task comes into an empty queue, and which queue that is
   * depends on the thread that brings it. Those that brought some before have no empty one now.
   */
  private static void wake() {
    for (int n = 0; n < WAKERS; n++) {
      Thread.ofPlatform()
          .daemon()
          .name("carrier-waker")
          .start(() -> Thread.ofVirtual().name("carrier-probe").start(() -> {}));
    }
  }

  /** Takes back what was added. */
  void restore() {
    if (present > usual) {
      log.atInfo().log(
          "No connector computes without a pause; {} threads run virtual ones again", usual);
      use(usual);
    }
  }

  private void use(int threads) {
    scheduler.setParallelism(threads);
    present = threads;
  }
}
