package io.cloudconnector.host.delivery;

import io.cloudconnector.host.config.DeliverySettings.Webhook;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.ParkedEvent;
import io.cloudconnector.host.store.ParkedStore;
import io.cloudconnector.host.store.SinkProgress;
import io.cloudconnector.host.store.SinkStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The webhook as an operator sees and steers it. What is asked of it is stored. Thread-safe. */
public final class Delivery implements AutoCloseable {
  /** What the sink is called in the store. */
  public static final String SINK = WebhookSink.NAME;

  private final EventLog log;
  private final SinkStore store;
  private final ParkedStore parked;
  private final WebhookSink sink;
  private final URI url;
  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;

  public Delivery(
      Database database,
      AuditLog audit,
      EventFeed feed,
      Webhook settings,
      Metrics metrics,
      InstantSource clock) {
    this(
        database,
        audit,
        new WebhookSink(database, feed, settings, metrics, clock),
        settings.url(),
        clock);
  }

  Delivery(Database database, AuditLog audit, WebhookSink sink, URI url, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.log = new EventLog(database);
    this.store = new SinkStore(database, WebhookSink.NAME);
    this.parked = new ParkedStore(database, WebhookSink.NAME);
    this.sink = sink;
    this.url = url;
    this.clock = clock;
  }

  /** Begins to send. */
  public void start() {
    sink.start();
  }

  public DeliveryStatus status() {
    SinkProgress progress = store.find().orElseThrow().progress();
    Optional<Instant> oldest = log.writtenAfter(progress.position());
    return new DeliveryStatus(
        url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath(),
        new Cursor(progress.position()),
        behind(progress) + progress.open().size(),
        oldest,
        oldest.map(this::age).orElse(0L),
        progress.state(),
        progress.why(),
        progress.since(),
        parked.count());
  }

  /** The newest numbers may be those of events that were erased. */
  private long behind(SinkProgress progress) {
    return log.writtenAfter(progress.reached()).isPresent()
        ? Math.max(0, log.last() - progress.reached())
        : 0;
  }

  private long age(Instant written) {
    return Math.max(0, Duration.between(written, clock.instant()).toSeconds());
  }

  /** Parked events after a cursor, in order. */
  public List<ParkedEvent> parked(Cursor after, int limit) {
    return parked.list(after.seq(), limit);
  }

  /** Sends everything after a cursor again. */
  public SinkStore.Rewind replay(Actor by, Cursor after) {
    SinkStore.Rewind rewind =
        database.write(
            tx -> {
              SinkStore.Rewind done = store.rewind(tx, after.seq());
              note(
                  tx,
                  done == SinkStore.Rewind.DONE,
                  Deed.of(by, Action.DELIVERY_REPLAYED).with("after", after.text()));
              return done;
            });
    sink.ask();
    return rewind;
  }

  private boolean note(Handle tx, boolean done, Deed deed) {
    if (done) {
      audit.add(tx, deed);
    }
    return done;
  }

  /** Sends on after the consumer had said that it is gone; false when it had not. */
  public boolean resume(Actor by) {
    boolean resumed =
        database.write(
            tx ->
                note(tx, store.resume(tx, clock.instant()), Deed.of(by, Action.DELIVERY_RESUMED)));
    sink.ask();
    return resumed;
  }

  /** Sends one parked event once more; false when it is not parked. */
  public boolean replayParked(Actor by, Cursor event) {
    Deed deed = Deed.of(by, Action.PARKED_EVENT_REPLAYED).with("id", event.text());
    boolean wanted =
        database.write(tx -> note(tx, parked.want(tx, event.seq(), clock.instant()), deed));
    sink.ask();
    return wanted;
  }

  /** Lets one parked event go for good; false when it is not parked. */
  public boolean discardParked(Actor by, Cursor event) {
    Deed deed = Deed.of(by, Action.PARKED_EVENT_DISCARDED).with("id", event.text());
    return database.write(tx -> note(tx, parked.remove(tx, event.seq()), deed));
  }

  @Override
  public void close() {
    sink.close();
  }
}
