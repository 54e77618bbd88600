package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.LoggedEvent;
import java.time.Duration;
import java.util.List;

/**
 * The event log, read page by page, with waiting for what is not there yet. However many wait, an
 * idle log is looked at once a second. Thread-safe.
 */
public final class EventFeed implements AutoCloseable {
  /** A page is held in memory, more than once. */
  private static final int PAGE_BYTES = 8 * 1024 * 1024;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final EventLog log;
  private final FeedWatch watch;

  public EventFeed(Database database) {
    this(database, LOOK);
  }

  /** With another time between two looks at an idle log. */
  EventFeed(Database database, Duration look) {
    this.log = new EventLog(database);
    this.watch = new FeedWatch(database, look);
  }

  /** {@link #page(Cursor, int, int, Duration)} in pages of the usual size. */
  public FeedPage page(Cursor after, int limit, Duration wait) {
    return page(after, limit, PAGE_BYTES, wait);
  }

  /**
   * What follows a cursor.
   *
   * @param limit at most so many events
   * @param bytes at most so many of data, but at least one event where there is one
   * @param wait how long to wait for a first one
   * @throws CursorExpiredException when the log does not go on from there
   */
  public FeedPage page(Cursor after, int limit, int bytes, Duration wait) {
    long deadline = System.nanoTime() + wait.toNanos();
    Cursor from = after.equals(Cursor.OLDEST) ? new Cursor(log.bounds().purgedTo()) : after;
    while (true) {
      long seen = watch.seen();
      List<LoggedEvent> events = log.read(from.seq(), limit, bytes);
      // After the read, since a purge may have come in between.
      if (!after.equals(Cursor.OLDEST) && !log.goesOnFrom(from.seq())) {
        throw new CursorExpiredException();
      }
      if (!events.isEmpty()) {
        return new FeedPage(events, new Cursor(events.getLast().seq()));
      }
      if (!watch.await(from.seq(), seen, Duration.ofNanos(deadline - System.nanoTime()))) {
        return new FeedPage(List.of(), from);
      }
    }
  }

  FeedWatch watch() {
    return watch;
  }

  /** Whether nobody is to read on. */
  public boolean isClosed() {
    return watch.isClosed();
  }

  /** Lets all waiting readers go with what there is. */
  @Override
  public void close() {
    watch.close();
  }
}
