package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.observe.OnceAWhile;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.HostClocks;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.RefreshStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives lines in which something is due to workers, each on a virtual thread: one row of a
 * connection at a time, many connections at once, live ones first. Sleeps until a row arrives or
 * becomes due.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Another host's rows raise no signal here. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  /** What comes within this time is looked for at once, not commit by commit. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Database database;
  private final RunningConnectors connectors;
  private final InboxStore inbox;
  private final LimitStore limits;
  private final RefreshStore refreshes;
  private final Worker worker;
  private final InstantSource clock;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("worker ", 0).factory());
  private final Map<VendorType, VendorQueue> queues = new ConcurrentHashMap<>();
  private final Thread thread;
  private final OnceAWhile refused = new OnceAWhile();
  private volatile boolean stopping;

  // Used by the dispatching thread only.
  private boolean started;

  /** By how much what waits has still to be moved. */
  private Duration setBack = Duration.ZERO;

  public Dispatcher(
      Database database,
      RunningConnectors connectors,
      Fetcher fetcher,
      RetryPolicy retries,
      Metrics metrics,
      InstantSource clock) {
    this.database = database;
    this.connectors = connectors;
    this.inbox = new InboxStore(database);
    this.limits = new LimitStore(database);
    this.refreshes = new RefreshStore(database);
    this.clock = clock;
    this.worker =
        new Worker(
            database,
            new Attempt(database, connectors, fetcher, retries, clock),
            new OutcomeLog(metrics),
            clock);
    this.thread = Thread.ofPlatform().name("dispatcher").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    ClockWatch watch = new ClockWatch(clock);
    while (!stopping) {
      long seen = database.inboxSignal().seen();
      Duration sleep = dispatch(watch);
      database.inboxSignal().awaitBeyond(seen, sleep);
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private void moveForward(Duration by) {
    try {
      queues.values().forEach(VendorQueue::resume);
      Instant now = clock.instant();
      database.execute(
          tx -> {
            limits.moveForward(tx, by, now);
            inbox.moveForward(tx, by, now);
            refreshes.moveForward(tx, by, now);
          });
      setBack = Duration.ZERO;
      log.atWarn()
          .log("The clock was set back by {}; what waits for a time comes as much sooner", by);
    } catch (DatabaseException e) {
      // Tried again at the next look: else what waits for a time would come as much later.
      tellOnceAWhile(e);
    }
  }

  /** By how much the clock was set back since a host last wrote something down. */
  private Duration whileNothingRan() {
    Instant now = clock.instant();
    return inbox
        .lastWritten()
        .map(at -> Duration.between(now, at))
        .filter(missing -> missing.compareTo(HostClocks.SKEW) > 0)
        .orElse(Duration.ZERO);
  }

  private Duration dispatch(ClockWatch watch) {
    try {
      if (!started) {
        setBack = whileNothingRan();
        started = true;
      }
      setBack = setBack.plus(watch.setBack().orElse(Duration.ZERO));
      if (setBack.isPositive()) {
        moveForward(setBack);
      }
      Instant now = clock.instant();
      Instant next = now.plus(LONGEST_SLEEP);
      connectors
          .all()
          .forEach(
              connector ->
                  queues.computeIfAbsent(
                      connector.vendor(), _ -> new VendorQueue(connector, inbox)));
      for (VendorQueue queue : queues.values()) {
        for (Lane lane : Lane.values()) {
          VendorQueue.Look look = queue.take(lane, now);
          begin(queue, look);
          next = look.next().filter(next::isAfter).orElse(next);
        }
      }
      return Duration.between(now, next);
    } catch (DatabaseException e) {
      tellOnceAWhile(e);
      return PAUSE_AFTER_FAULT;
    } catch (RuntimeException | Error e) {
      // Whatever it is, a host that takes webhooks and never works them off would be worse.
      log.atError().setCause(e).log("Work could not be handed out; it is tried again");
      return PAUSE_AFTER_FAULT;
    }
  }

  /** A line that was taken and not begun would be busy for ever. */
  private void begin(VendorQueue queue, VendorQueue.Look look) {
    Deque<InboxLine> left = new ArrayDeque<>(look.begun());
    try {
      while (!left.isEmpty()) {
        InboxLine line = left.getFirst();
        workers.execute(() -> work(queue, line, look.crowded()));
        left.removeFirst();
      }
    } finally {
      left.forEach(queue::release);
    }
  }

  private void work(VendorQueue queue, InboxLine line, boolean crowded) {
    try {
      worker
          .work(line, crowded, () -> stopping)
          .ifPresent(pause -> queue.pause(line.lane(), pause.until()));
    } catch (DatabaseException e) {
      tellOnceAWhile(e);
      pause();
    } catch (RuntimeException | Error e) {
      log.atError()
          .addKeyValue("vendor", line.vendor())
          .setCause(e)
          .log("A row could not be worked off; it stays and is tried again");
      pause();
    } finally {
      queue.release(line);
      database.inboxSignal().raise();
    }
  }

  /** The disk that the log is on may be the one that is full. */
  private void tellOnceAWhile(DatabaseException e) {
    if (!stopping && refused.isDue()) {
      log.atError()
          .log(
              "The database refuses: {}; nothing is lost, work goes on when it can",
              e.getMessage());
    }
  }

  /** Keeps the line busy for a moment, so that a fault does not spin. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAULT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops taking rows and waits a while for those at work; what is not done stays in the inbox. */
  @Override
  public void close() {
    stopping = true;
    database.inboxSignal().raise();
    try {
      thread.join();
      workers.shutdown();
      if (!workers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.atWarn().log("Work did not end in time; it is done again after the next start");
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
