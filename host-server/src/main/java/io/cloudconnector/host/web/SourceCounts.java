package io.cloudconnector.host.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts by source, each within a window that begins with its first. Of many sources those that
 * were not seen for longest are forgotten. Thread-safe.
 */
final class SourceCounts {
  private final Duration window;
  private final int mostSources;
  private final InstantSource clock;
  private final Map<Source, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

  SourceCounts(Duration window, int mostSources, InstantSource clock) {
    this.window = window;
    this.mostSources = mostSources;
    this.clock = clock;
  }

  /**
   * How often, and until when that counts.
   *
   * @param left until the window ends
   */
  record Count(int number, Instant since, Duration left) {}

  /** Counts one more. */
  synchronized Count add(Source source) {
    Instant now = clock.instant();
    Count before = counts.get(source);
    Count count = before == null || over(before, now) ? first(now) : next(before, now);
    counts.put(source, count);
    if (counts.size() > mostSources) {
      counts.remove(counts.keySet().iterator().next());
    }
    return count;
  }

  /** A window that begins in the future was counted by a clock that has been put back. */
  private boolean over(Count count, Instant now) {
    return now.isBefore(count.since()) || !now.isBefore(count.since().plus(window));
  }

  private Count first(Instant now) {
    return new Count(1, now, window);
  }

  private Count next(Count before, Instant now) {
    return new Count(
        before.number() + 1, before.since(), Duration.between(now, before.since().plus(window)));
  }

  synchronized int sources() {
    return counts.size();
  }
}
