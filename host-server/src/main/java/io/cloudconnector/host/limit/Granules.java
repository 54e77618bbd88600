package io.cloudconnector.host.limit;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.host.store.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How finely uses are told apart in time: to half a percent of the window they still count in. A
 * use is dated at the end of its granule, so it counts a little longer than it must and never
 * shorter; and however many calls a window allows, it holds a few hundred rows.
 */
final class Granules {
  private static final int PARTS = 200;
  private static final int CROWDED = 2 * PARTS;

  private final List<Duration> windows;

  Granules(List<RateLimitConfig> limits) {
    windows = limits.stream().map(RateLimitConfig::timeWindow).distinct().sorted().toList();
  }

  /** When a call that was answered at a moment counts as made. */
  Instant fine(Instant at) {
    return windows.isEmpty() ? at : end(at, windows.getFirst());
  }

  Duration longest() {
    return windows.isEmpty() ? Duration.ZERO : windows.getLast();
  }

  /** Up to when uses count in no window as short as the shortest. */
  Instant horizon(Instant now) {
    return now.minus(windows.getFirst());
  }

  /** Whether merging is worth its writes. */
  boolean crowded(List<LimitUse> uses) {
    return windows.size() > 1 && uses.size() > CROWDED * windows.size();
  }

  /** The answered uses up to the horizon, added up. */
  List<LimitUse> merged(List<LimitUse> uses, Instant now) {
    Map<Place, Integer> sums = new HashMap<>();
    for (LimitUse use : uses) {
      if (!use.held() && !use.at().isAfter(horizon(now))) {
        sums.merge(
            new Place(use.scope(), use.tag(), coarse(use.at(), now)), use.permits(), Integer::sum);
      }
    }
    return sums.entrySet().stream().map(sum -> sum.getKey().use(sum.getValue())).toList();
  }

  /** Never so late that it would count again in a window that it has left. */
  private Instant coarse(Instant at, Instant now) {
    for (int i = windows.size() - 2; i >= 0; i--) {
      Instant left = now.minus(windows.get(i));
      if (!at.isAfter(left)) {
        Instant end = end(at, windows.get(i + 1));
        return end.isAfter(left) ? at : end;
      }
    }
    return at;
  }

  private static Instant end(Instant at, Duration window) {
    long granule = Math.max(1, window.toMillis() / PARTS);
    return Instant.ofEpochMilli(Math.ceilDiv(at.toEpochMilli(), granule) * granule);
  }

  private record Place(String scope, String tag, Instant at) {
    LimitUse use(int permits) {
      return new LimitUse(scope, tag, permits, at, false);
    }
  }
}
