package io.cloudconnector.host.sync;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs again and again, each a while after its last end. A job that fails runs again all the
 * same.
 */
public final class PeriodicJobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PeriodicJobs.class);
  private static final ThreadFactory THREADS = Thread.ofPlatform().name("periodic").factory();
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2, THREADS);

  /**
   * Runs a job soon, and then for ever.
   *
   * @param name for the log
   * @param pause between an end and the next start
   */
  public void every(Duration pause, String name, Runnable job) {
    var _ =
        executor.scheduleWithFixedDelay(
            () -> run(name, job), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void run(String name, Runnable job) {
    try {
      job.run();
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).log("The job '{}' failed; it runs again at its next time", name);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
