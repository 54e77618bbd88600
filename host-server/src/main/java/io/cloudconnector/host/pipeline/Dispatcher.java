package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.InboxStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives due rows to workers, each on a virtual thread: one row of a connection at a time, any
 * number of connections at once up to a bound. Sleeps until a row arrives or becomes due.
 */
public final class Dispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final int AT_ONCE = 256;
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final InboxStore inbox;
  private final Database database;
  private final Worker worker;
  private final InstantSource clock;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> busyLines = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean stopping;

  public Dispatcher(
      Database database,
      RunningConnectors connectors,
      Fetcher fetcher,
      RetryPolicy retries,
      Metrics metrics,
      InstantSource clock) {
    this.inbox = new InboxStore(database);
    this.database = database;
    this.worker =
        new Worker(
            database, new Attempt(database, connectors, fetcher, retries, clock), metrics, clock);
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("dispatcher").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (!stopping) {
      long seen = database.inboxSignal().seen();
      Duration sleep = dispatch();
      database.inboxSignal().awaitBeyond(seen, sleep);
    }
  }

  private Duration dispatch() {
    try {
      Instant now = clock.instant();
      // Before the look: a row that is finished during it must not be taken for one still waiting.
      Set<String> busy = Set.copyOf(busyLines);
      List<InboxRow> heads = inbox.heads(now, AT_ONCE + busy.size());
      heads.stream().filter(row -> !busy.contains(line(row.entry()))).forEach(this::begin);
      return inbox
          .nextDue(now)
          .map(due -> Duration.between(now, due))
          .filter(wait -> wait.compareTo(LONGEST_SLEEP) < 0)
          .orElse(LONGEST_SLEEP);
    } catch (DatabaseException e) {
      log.atError().log("The inbox cannot be read: {}; work goes on when it can", e.getMessage());
      return PAUSE_AFTER_FAULT;
    } catch (RuntimeException | Error e) {
      // Whatever it is, a host that takes webhooks and never works them off would be worse.
      log.atError().setCause(e).log("Work could not be handed out; it is tried again");
      return PAUSE_AFTER_FAULT;
    }
  }

  private void begin(InboxRow row) {
    String line = line(row.entry());
    if (busyLines.size() < AT_ONCE && busyLines.add(line)) {
      workers.execute(() -> work(row, line));
    }
  }

  private static String line(InboxEntry entry) {
    String userId = entry.userId();
    return entry.vendor() + (userId == null ? " account " + entry.accountId() : " user " + userId);
  }

  private void work(InboxRow row, String line) {
    try {
      worker.work(row);
    } catch (RuntimeException | Error e) {
      log.atError()
          .addKeyValue("vendor", row.entry().vendor())
          .setCause(e)
          .log("A row could not be worked off; it stays and is tried again");
      pause();
    } finally {
      busyLines.remove(line);
      database.inboxSignal().raise();
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
