package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.EventKey;
import io.cloudconnector.host.store.OpenEvent;
import java.time.Duration;
import java.time.Instant;

/** An event that the sink has still to take. Used by one thread only. */
final class PendingEvent {
  /** One refusal tells of no longer time than this: the clock may have jumped. */
  private static final Duration MOST_AT_ONCE = Duration.ofHours(1);

  private final EventKey key;
  private final boolean parkedBefore;
  private int attempts;
  private Duration refusedFor;
  private Instant countedFrom = Instant.EPOCH;
  private long takenBefore = -1;
  private Pause pause = Pause.NONE;

  PendingEvent(EventKey key, OpenEvent stored) {
    this.key = key;
    this.parkedBefore = false;
    this.attempts = stored.attempts();
    this.refusedFor = stored.refusedFor();
  }

  PendingEvent(EventKey key, boolean parkedBefore) {
    this.key = key;
    this.parkedBefore = parkedBefore;
    this.refusedFor = Duration.ZERO;
  }

  EventKey key() {
    return key;
  }

  /** Whether it was given up before and is sent once more by request. */
  boolean isParkedBefore() {
    return parkedBefore;
  }

  int attempts() {
    return attempts;
  }

  Pause pause() {
    return pause;
  }

  void pause(Pause next) {
    pause = next;
  }

  OpenEvent open() {
    return new OpenEvent(key.seq(), attempts, refusedFor);
  }

  /**
   * Counts a refusal. Its time since the last one counts only when others were taken meanwhile:
   * otherwise it may be the consumer that fails and not the event.
   *
   * @param taken how many events the sink has taken so far
   * @return whether others were taken since it was first refused
   */
  boolean refused(Instant now, long taken) {
    attempts++;
    boolean first = takenBefore < 0;
    boolean othersTaken = !first && taken > takenBefore;
    if (othersTaken) {
      refusedFor = refusedFor.plus(passed(now));
    }
    if (first || othersTaken) {
      countedFrom = now;
      takenBefore = taken;
    }
    return othersTaken || refusedFor.isPositive();
  }

  private Duration passed(Instant now) {
    Duration passed = Duration.between(countedFrom, now);
    if (passed.isNegative()) {
      return Duration.ZERO;
    }
    return passed.compareTo(MOST_AT_ONCE) > 0 ? MOST_AT_ONCE : passed;
  }

  Duration refusedFor() {
    return refusedFor;
  }

  /** Forgives the time that the whole consumer was away. */
  void consumerIsBack(Instant now, long taken) {
    pause = Pause.NONE;
    if (takenBefore >= 0) {
      countedFrom = now;
      takenBefore = taken;
    }
  }
}
