package io.cloudconnector.host.web;

import io.cloudconnector.host.delivery.Cursor;
import io.cloudconnector.host.delivery.CursorExpiredException;
import io.cloudconnector.host.delivery.EventFeed;
import io.cloudconnector.host.delivery.FeedPage;
import io.cloudconnector.host.store.DatabaseException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event log as server-sent events. A stream costs one virtual thread and one small page; their
 * number is bounded, and who does not read what is written is dropped. Thread-safe.
 */
public final class EventStreams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
  private static final int MOST_STREAMS = 100;
  private static final int PAGE_EVENTS = 100;
  private static final int PAGE_BYTES = 256 * 1024;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration WRITE_DEADLINE = Duration.ofSeconds(30);
  private static final Duration COME_BACK = Duration.ofSeconds(30);

  private final EventFeed feed;
  private final Semaphore free;
  private final int most;
  private final Duration heartbeat;
  private final Duration writeDeadline;
  private final Set<Thread> writers = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor alarms =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("streams").daemon().factory());

  public EventStreams(EventFeed feed) {
    this(feed, MOST_STREAMS, HEARTBEAT, WRITE_DEADLINE);
  }

  EventStreams(EventFeed feed, int most, Duration heartbeat, Duration writeDeadline) {
    this.feed = feed;
    this.most = most;
    this.free = new Semaphore(most);
    this.heartbeat = heartbeat;
    this.writeDeadline = writeDeadline;
    alarms.setRemoveOnCancelPolicy(true);
  }

  /** How many are open now. */
  public int open() {
    return most - free.availablePermits();
  }

  /**
   * A stream of what follows a cursor, without end.
   *
   * @param headOnly whether nobody wants the stream itself
   * @throws CursorExpiredException when the log does not go on from there
   * @throws ProblemException 503 when there are too many
   */
  Reply stream(Cursor after, boolean headOnly) {
    FeedPage first = feed.page(after, PAGE_EVENTS, PAGE_BYTES, Duration.ZERO);
    if (headOnly) {
      return Reply.stream("text/event-stream", out -> {});
    }
    if (!free.tryAcquire()) {
      throw new ProblemException(
          503,
          "too-many-streams",
          "this host serves no more than " + most + " streams at once; poll GET /v1/events",
          Optional.of(COME_BACK));
    }
    return Reply.stream("text/event-stream", out -> run(first, out));
  }

  private void run(FeedPage first, OutputStream out) throws IOException {
    writers.add(Thread.currentThread());
    try {
      follow(first, out);
    } catch (CursorExpiredException | DatabaseException e) {
      // The headers are gone: the reader comes back with its last id and is told then.
      log.atDebug().setCause(e).log("An event stream ends; its reader may come back");
    } finally {
      writers.remove(Thread.currentThread());
      free.release();
    }
  }

  private void follow(FeedPage first, OutputStream out) throws IOException {
    FeedPage page = first;
    while (!feed.isClosed() && !Thread.currentThread().isInterrupted()) {
      write(
          out, page.events().isEmpty() ? ServerSentEvents.heartbeat() : ServerSentEvents.of(page));
      page = feed.page(page.next(), PAGE_EVENTS, PAGE_BYTES, heartbeat);
    }
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    Thread writer = Thread.currentThread();
    ScheduledFuture<?> alarm =
        alarms.schedule(writer::interrupt, writeDeadline.toMillis(), TimeUnit.MILLISECONDS);
    try {
      out.write(bytes);
      out.flush();
    } finally {
      alarm.cancel(false);
    }
  }

  /** Ends all streams; those that wait for events end with the feed. */
  @Override
  public void close() {
    writers.forEach(Thread::interrupt);
    alarms.shutdownNow();
  }
}
