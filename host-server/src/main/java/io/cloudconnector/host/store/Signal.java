package io.cloudconnector.host.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes threads of this process when something was committed. Who remembers what it has seen before
 * it looks, and waits for more than that, misses nothing. Thread-safe.
 */
public final class Signal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long count;

  /** How often it was raised so far. */
  public long seen() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  public void raise() {
    lock.lock();
    try {
      count++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it was raised more often than that, or for so long, or until interrupted. */
  public void awaitBeyond(long seen, Duration longest) {
    lock.lock();
    try {
      long nanos = longest.toNanos();
      while (count <= seen && nanos > 0) {
        nanos = raised.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
