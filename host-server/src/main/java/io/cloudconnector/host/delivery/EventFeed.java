package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.LoggedEvent;
import io.cloudconnector.host.store.Signal;
import java.time.Duration;
import java.util.List;

/** The event log, read page by page, with waiting for what is not there yet. Thread-safe. */
public final class EventFeed implements AutoCloseable {
  /** Another host's appends raise no signal here, so a waiting reader also looks this often. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EventLog log;
  private final Signal appended;
  private volatile boolean closed;

  public EventFeed(Database database) {
    this.log = new EventLog(database);
    this.appended = database.eventSignal();
  }

  /**
   * What follows a cursor.
   *
   * @param limit at most so many events
   * @param wait how long to wait for a first one
   * @throws CursorExpiredException when the log does not go on from there
   */
  public FeedPage page(Cursor after, int limit, Duration wait) {
    if (!log.knows(after.seq())) {
      throw new CursorExpiredException();
    }
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      long seen = appended.seen();
      List<LoggedEvent> events = log.read(after.seq(), limit);
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (!events.isEmpty()) {
        return new FeedPage(events, new Cursor(events.getLast().seq()));
      }
      if (closed || left.isNegative() || left.isZero() || Thread.currentThread().isInterrupted()) {
        return new FeedPage(List.of(), after);
      }
      appended.awaitBeyond(seen, left.compareTo(LOOK) < 0 ? left : LOOK);
    }
  }

  /** Lets all waiting readers go with what there is. */
  @Override
  public void close() {
    closed = true;
    appended.raise();
  }
}
