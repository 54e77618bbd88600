package io.cloudconnector.host.delivery;

import io.cloudconnector.host.config.DeliverySettings.Webhook;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.observe.OnceAWhile;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.EventKey;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.ParkedStore;
import io.cloudconnector.host.store.Signal;
import io.cloudconnector.host.store.SinkRow;
import io.cloudconnector.host.store.SinkState;
import io.cloudconnector.host.store.SinkStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the event log to the operator's webhook: in order for each connection, many connections at
 * once. One thread decides and keeps the books; each request runs on a virtual thread of its own.
 * What was sent is stored once a second at most, so that after a kill some events come again.
 */
final class WebhookSink implements AutoCloseable {
  /** What the sink is called where several could be. */
  static final String NAME = "webhook";

  private static final Logger log = LoggerFactory.getLogger(WebhookSink.class);
  private static final int PAGE = 1_000;
  private static final Duration SAVE_EVERY = Duration.ofSeconds(1);
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);
  private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final EventLog events;
  private final SinkStore store;
  private final ParkedStore parked;
  private final FeedWatch watch;
  private final Webhook settings;
  private final Metrics metrics;
  private final InstantSource clock;
  private final SinkClaim claim;
  private final WebhookPost post;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
  private final Signal wake = new Signal();
  private final OnceAWhile refused = new OnceAWhile();
  private final Thread books = Thread.ofPlatform().name("delivery").unstarted(this::run);
  private final Thread news = Thread.ofVirtual().name("delivery news").unstarted(this::follow);
  private volatile boolean stopping;
  private volatile boolean asked = true;
  private volatile boolean appended = true;

  // From here on used by the thread that keeps the books only.
  private @Nullable Sending sending;
  private int underWay;
  private boolean dirty;
  private SinkState savedState = SinkState.DELIVERING;
  private long savedAt = System.nanoTime();

  private record Finished(Sending by, PendingEvent pending, PostOutcome outcome) {}

  WebhookSink(
      Database database, EventFeed feed, Webhook settings, Metrics metrics, InstantSource clock) {
    this.events = new EventLog(database);
    this.store = new SinkStore(database, NAME);
    this.parked = new ParkedStore(database, NAME);
    this.watch = feed.watch();
    this.settings = settings;
    this.metrics = metrics;
    this.clock = clock;
    this.claim = new SinkClaim(store, clock, database.dialect().isShared());
    this.post = new WebhookPost(settings, clock);
  }

  void start() {
    store.register(clock.instant());
    books.start();
    news.start();
  }

  /** Says that somebody moved or resumed the sink, or wants a parked event sent. */
  void ask() {
    asked = true;
    wake.raise();
  }

  private void follow() {
    while (!stopping && !watch.isClosed()) {
      long seen = watch.seen();
      long newest = watch.newest();
      appended = true;
      wake.raise();
      awaitNews(newest, seen);
    }
  }

  private void awaitNews(long newest, long seen) {
    try {
      while (!stopping && !watch.isClosed()) {
        if (watch.await(newest, seen, LONGEST_SLEEP)) {
          return;
        }
      }
    } catch (DatabaseException e) {
      log.atDebug().setCause(e).log("The log cannot be looked at; it is tried again");
    }
  }

  private void run() {
    while (!stopping) {
      long seen = wake.seen();
      wake.awaitBeyond(seen, turn());
    }
  }

  private Duration turn() {
    try {
      settle();
      if (!holds()) {
        return claim.untilDue();
      }
      Sending current = current();
      if (current == null) {
        return TICK;
      }
      fill(current);
      begin(current);
      saveWhenDue(current);
      return dirty || current.waits() ? TICK : LONGEST_SLEEP;
    } catch (DatabaseException e) {
      tellOnceAWhile(e);
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).log("Events could not be handed out; it is tried again");
    }
    // What was announced may not have been read.
    appended = true;
    return PAUSE_AFTER_FAULT;
  }

  /** Draws the consequences of what was answered; an answer stays until they are drawn. */
  private void settle() {
    for (Finished next = finished.peek(); next != null; next = finished.peek()) {
      // What was under way when somebody moved the sink is settled for nobody.
      next.by().settle(next.pending(), next.outcome(), clock.instant());
      dirty |= next.by() == sending;
      underWay--;
      finished.remove();
    }
  }

  private boolean holds() {
    if (!asked && !claim.isDue()) {
      return claim.isHeld();
    }
    asked = false;
    try {
      return renew();
    } catch (DatabaseException e) {
      asked = true;
      throw e;
    }
  }

  private boolean renew() {
    if (!claim.renew()) {
      sending = null;
      return false;
    }
    long generation = store.find().map(SinkRow::generation).orElse(0L);
    Sending current = sending;
    if (current == null || current.generation() != generation) {
      sending = null;
    } else {
      wanted(current);
    }
    return true;
  }

  private void wanted(Sending current) {
    parked.wanted(PAGE).forEach(current.window()::addAgain);
  }

  /** Null while what was sent before somebody moved the sink is still under way. */
  private @Nullable Sending current() {
    if (sending == null && underWay == 0) {
      Sending loaded = load();
      wanted(loaded);
      savedState = loaded.state();
      appended = true;
      dirty = false;
      sending = loaded;
    }
    return sending;
  }

  private Sending load() {
    SinkRow row = store.register(clock.instant());
    if (store.skipPurged()) {
      log.atError()
          .log(
              "Events were forgotten before the delivery webhook had them, while it was not"
                  + " configured; it goes on with the oldest that is kept");
      row = store.register(clock.instant());
    }
    List<EventKey> open =
        events.keys(row.progress().open().stream().map(event -> event.seq()).toList());
    return new Sending(row, open, parked, settings.retryHorizon(), metrics);
  }

  private void fill(Sending current) {
    while (appended && current.window().hasRoom()) {
      appended = false;
      List<EventKey> page = events.keys(current.window().reached(), PAGE);
      page.forEach(current.window()::add);
      // Never to false here: another thread may have set it meanwhile.
      if (page.size() == PAGE) {
        appended = true;
      }
    }
  }

  private void begin(Sending current) {
    while (underWay < settings.concurrency() && claim.isHeld() && !stopping) {
      Optional<PendingEvent> next = current.next(clock.instant(), underWay);
      if (next.isEmpty()) {
        return;
      }
      underWay++;
      workers.execute(() -> work(current, next.get()));
    }
  }

  private void work(Sending current, PendingEvent pending) {
    finished.add(new Finished(current, pending, outcome(pending)));
    wake.raise();
  }

  private PostOutcome outcome(PendingEvent pending) {
    try {
      return events.find(pending.key().seq()).map(post::send).orElseGet(PostOutcome.Absent::new);
    } catch (DatabaseException e) {
      log.atDebug().setCause(e).log("An event could not be read; it is tried again");
      return new PostOutcome.Unsent();
    } catch (RuntimeException | Error e) {
      log.atError().setCause(e).log("An event could not be sent; it is tried again");
      return new PostOutcome.Refused("the host failed", Optional.empty());
    }
  }

  private void saveWhenDue(Sending current) {
    boolean due = System.nanoTime() - savedAt >= SAVE_EVERY.toNanos();
    if ((dirty && due) || current.state() != savedState) {
      save(current);
    }
  }

  private void save(Sending current) {
    savedAt = System.nanoTime();
    if (store.save(claim.host(), current.generation(), current.progress())) {
      dirty = false;
      savedState = current.state();
    } else {
      // Another host has taken over, or somebody has moved the sink.
      asked = true;
      wake.raise();
    }
  }

  private void tellOnceAWhile(DatabaseException e) {
    if (refused.isDue()) {
      log.atError()
          .log("Delivery waits: the database refuses: {}; nothing is lost", e.getMessage());
    }
  }

  /** Sends nothing new, waits a little for what is under way, and stores how far it came. */
  @Override
  public void close() {
    stopping = true;
    wake.raise();
    try {
      books.join();
      settleLast();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      post.close();
      workers.shutdownNow();
    }
  }

  private void settleLast() {
    long deadline = System.nanoTime() + GRACE.toNanos();
    try {
      settle();
      while (underWay > 0 && System.nanoTime() < deadline) {
        long seen = wake.seen();
        settle();
        if (underWay > 0) {
          wake.awaitBeyond(seen, TICK);
        }
      }
      Sending current = sending;
      if (current != null && dirty) {
        save(current);
      }
      claim.release();
    } catch (DatabaseException e) {
      log.atWarn()
          .log("How far delivery came could not be stored; some events come again after a start");
    }
  }
}
