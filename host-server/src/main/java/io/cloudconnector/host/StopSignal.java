package io.cloudconnector.host;

import java.util.concurrent.CountDownLatch;

/**
 * The wish from outside (SIGTERM, Ctrl-C) that the process end. Whoever opened this is given the
 * time to close what it has; then the process ends with status 0 instead of the signal's. Opened
 * before all else, it is closed after all else.
 */
final class StopSignal implements AutoCloseable {
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean endedByItself;

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
  }

  private void stop() {
    told.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!endedByItself) {
      // Once a shutdown has begun, only this still sets the status.
      Runtime.getRuntime().halt(0);
    }
  }

  /** Whether the process is to end. */
  boolean isTold() {
    return told.getCount() == 0;
  }

  /** Waits until the process is to end. */
  void await() {
    try {
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    endedByItself = !isTold();
    done.countDown();
  }
}
