package io.cloudconnector.host.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a consumer that takes nothing from an event that is not taken: a circuit breaker. While it
 * is open, one event at a time finds out whether the consumer is back. It goes by the host's clock,
 * which a library's breaker does not. Used by one thread only.
 */
final class ConsumerHealth {
  private static final int REFUSALS = 5;
  private static final Backoff PROBES = new Backoff(Duration.ofMinutes(1));

  private final Set<String> refusing = new HashSet<>();
  private long taken;
  private int streak;
  private int probes;
  private boolean troubled;
  private Pause untilProbe = Pause.NONE;
  private Pause silence = Pause.NONE;

  /** How many events were taken so far. */
  long taken() {
    return taken;
  }

  /** Whether nothing goes through. */
  boolean isTroubled() {
    return troubled;
  }

  /** What may be sent now, if anything. */
  Optional<PendingEvent> next(SinkWindow window, Instant now, int underWay) {
    if (!silence.isOver(now)) {
      return Optional.empty();
    }
    if (troubled && underWay == 0 && untilProbe.isOver(now)) {
      return window.probe(now);
    }
    // One connection alone proves nothing about the others.
    boolean closed = !troubled || refusing.size() < 2;
    return closed ? window.next(now) : Optional.empty();
  }

  /** Counts an event that was taken; true when that is news. */
  boolean accepted() {
    taken++;
    boolean back = troubled;
    refusing.clear();
    streak = 0;
    probes = 0;
    troubled = false;
    untilProbe = Pause.NONE;
    return back;
  }

  /**
   * Counts a refusal.
   *
   * @param ownFault whether others were taken while this one was not
   * @return whether from now on nothing is believed to go through, which is news
   */
  boolean refused(
      PendingEvent pending, boolean ownFault, Optional<Duration> retryAfter, Instant now) {
    if (ownFault) {
      return false;
    }
    streak++;
    if (refusing.size() < 2) {
      refusing.add(SinkWindow.line(pending));
    }
    retryAfter.ifPresent(wait -> silence = Pause.of(now, wait));
    boolean news = !troubled && streak >= REFUSALS;
    troubled |= news;
    if (troubled && untilProbe.isOver(now)) {
      probes++;
      untilProbe = Pause.of(now, PROBES.after(probes));
    }
    return news;
  }
}
