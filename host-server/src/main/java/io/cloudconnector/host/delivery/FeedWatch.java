package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.Signal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whoever waits that the event log goes on. Commits of this host wake everybody at once; for
 * those of other hosts one of all who wait looks now and then, and the others go by what it saw.
 * Thread-safe.
 */
final class FeedWatch {
  private final EventLog log;
  private final Signal appended;
  private final Duration pace;
  private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
  private volatile long newest;
  private volatile boolean closed;

  /**
   * Over a database's log.
   *
   * @param pace how long between two looks for what other hosts have committed
   */
  FeedWatch(Database database, Duration pace) {
    this.log = new EventLog(database);
    this.appended = database.eventSignal();
    this.pace = pace;
  }

  /** To be asked for before a look at the log, and handed in afterwards. */
  long seen() {
    return appended.seen();
  }

  /** The newest number that anybody who waited has seen. */
  long newest() {
    return newest;
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Waits for more than what follows a number and what was committed here before.
   *
   * @return false when there was nothing in that time, or nobody waits any more
   */
  boolean await(long after, long seen, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!closed && !Thread.currentThread().isInterrupted()) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!left.isPositive()) {
        return false;
      }
      appended.awaitBeyond(seen, left.compareTo(pace) < 0 ? left : pace);
      if (closed) {
        return false;
      }
      if (appended.seen() > seen || look() > after) {
        return true;
      }
    }
    return false;
  }

  private long look() {
    long before = lookedAt.get();
    long now = System.nanoTime();
    if (now - before >= pace.toNanos() && lookedAt.compareAndSet(before, now)) {
      newest = log.last();
    }
    return newest;
  }

  /** Lets all who wait go, now and from now on. */
  void close() {
    closed = true;
    appended.raise();
  }
}
