package io.cloudconnector.host.link;

import io.cloudconnector.host.store.DatabaseException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again until it is closed, which waits for nothing. */
final class Heartbeat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  private final CountDownLatch over = new CountDownLatch(1);

  Heartbeat(Duration every, Runnable beat) {
    Thread.ofVirtual().name("refresh heartbeat").start(() -> run(every, beat));
  }

  private void run(Duration every, Runnable beat) {
    try {
      while (!over.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
        beat(beat);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void beat(Runnable beat) {
    try {
      beat.run();
    } catch (DatabaseException e) {
      log.atWarn()
          .log(
              "The hold on a refresh cannot be renewed: {}; unless it soon can, another host may"
                  + " ask the vendor too",
              e.getMessage());
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
