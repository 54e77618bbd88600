package io.cloudconnector.host.delivery;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.EventKey;
import io.cloudconnector.host.store.ParkedStore;
import io.cloudconnector.host.store.SinkProgress;
import io.cloudconnector.host.store.SinkRow;
import io.cloudconnector.host.store.SinkState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What is decided about each event while one host sends: next, again, aside. Used by one thread
 * only.
 */
final class Sending {
  private static final Logger log = LoggerFactory.getLogger(Sending.class);
  private static final Backoff RETRIES = new Backoff(Duration.ofMinutes(15));
  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** Told about then: early enough to help, too late for what passes by itself. */
  private static final int TELLING_ATTEMPT = 3;

  private final long generation;
  private final SinkWindow window;
  private final ConsumerHealth health = new ConsumerHealth();
  private final ParkedStore parked;
  private final Metrics metrics;
  private final Duration retryHorizon;
  private SinkState state;
  private Optional<String> why;
  private Instant since;

  Sending(
      SinkRow row,
      List<EventKey> openKeys,
      ParkedStore parked,
      Duration retryHorizon,
      Metrics metrics) {
    this.generation = row.generation();
    this.window = new SinkWindow(row.progress(), openKeys);
    this.state = row.progress().state();
    this.why = row.progress().why();
    this.since = row.progress().since();
    this.parked = parked;
    this.retryHorizon = retryHorizon;
    this.metrics = metrics;
  }

  long generation() {
    return generation;
  }

  SinkWindow window() {
    return window;
  }

  SinkProgress progress() {
    return new SinkProgress(window.doneTo(), window.open(), state, why, since);
  }

  SinkState state() {
    return state;
  }

  /** Whether time alone may bring something to do. */
  boolean waits() {
    return state != SinkState.PARKED && window.hasWork();
  }

  Optional<PendingEvent> next(Instant now, int underWay) {
    return state == SinkState.PARKED ? Optional.empty() : health.next(window, now, underWay);
  }

  /** Draws the consequence of one answer. */
  void settle(PendingEvent pending, PostOutcome outcome, Instant now) {
    switch (outcome) {
      case PostOutcome.Taken _ -> taken(pending, now);
      case PostOutcome.Refused refused -> refused(pending, refused, now);
      case PostOutcome.Gone _ -> gone(pending, now);
      case PostOutcome.Unsent _ -> window.rest(pending, Pause.of(now, MOMENT));
      case PostOutcome.Absent _ -> {
        log.atInfo().log("Event {} is no longer in the log and is not sent", pending.key().seq());
        window.finish(pending);
      }
    }
  }

  private void taken(PendingEvent pending, Instant now) {
    if (pending.isParkedBefore()) {
      parked.letGo(pending.key().seq());
    }
    window.finish(pending);
    metrics.delivered();
    if (health.accepted()) {
      log.atInfo().log("The delivery webhook takes events again");
      window.consumerIsBack(now, health.taken());
    }
    if (state == SinkState.RETRYING) {
      become(SinkState.DELIVERING, Optional.empty(), now);
    }
  }

  private void refused(PendingEvent pending, PostOutcome.Refused refused, Instant now) {
    metrics.deliveryFailed();
    boolean ownFault = pending.refused(now, health.taken());
    if (pending.isParkedBefore()) {
      // While nothing is taken at all, a refusal says nothing about this one: it is tried again.
      if (!health.isTroubled()) {
        parked.park(pending.key().seq(), 1, refused.why(), now);
        window.finish(pending);
        told(pending).log("A parked event was refused once more: {}; it stays", refused.why());
        return;
      }
    } else if (pending.refusedFor().compareTo(retryHorizon) >= 0) {
      park(pending, refused.why(), now);
      return;
    }
    Duration wait = RETRIES.after(pending.attempts());
    Duration asked = refused.retryAfter().orElse(Duration.ZERO);
    window.rest(pending, Pause.of(now, asked.compareTo(wait) > 0 ? asked : wait));
    // Who said 410 is gone, whatever those answered that were under way by then.
    if (health.refused(pending, ownFault, refused.retryAfter(), now) && state != SinkState.PARKED) {
      log.atWarn()
          .log(
              "The delivery webhook takes nothing ({}); events are kept, one at a time is tried",
              refused.why());
      become(SinkState.RETRYING, Optional.of(refused.why()), now);
    } else if (pending.attempts() == TELLING_ATTEMPT && !health.isTroubled()) {
      told(pending).log("An event was refused: {}; it holds up its connection only", refused.why());
    }
  }

  private void park(PendingEvent pending, String reason, Instant now) {
    parked.park(pending.key().seq(), pending.attempts(), reason, now);
    window.finish(pending);
    metrics.deliveryParked();
    log.atError()
        .addKeyValue("vendor", pending.key().vendor())
        .addKeyValue("user_id", pending.key().userId())
        .log(
            "Event {} was refused for too long ({}) and is parked; its connection goes on"
                + " without it",
            new Cursor(pending.key().seq()).text(),
            reason);
  }

  private static LoggingEventBuilder told(PendingEvent pending) {
    return log.atWarn()
        .addKeyValue("vendor", pending.key().vendor())
        .addKeyValue("user_id", pending.key().userId());
  }

  private void gone(PendingEvent pending, Instant now) {
    metrics.deliveryFailed();
    window.rest(pending, Pause.NONE);
    if (state != SinkState.PARKED) {
      log.atError()
          .log(
              "The delivery webhook answered 410 Gone: nothing is sent until it is resumed;"
                  + " events are kept");
      become(SinkState.PARKED, Optional.of("answered 410 Gone"), now);
    }
  }

  private void become(SinkState next, Optional<String> reason, Instant now) {
    state = next;
    why = reason;
    since = now;
  }
}
