package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.limit.Availability;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.DueLine;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One vendor's lines: which are being worked in, and which may be begun. Each vendor has places of
 * its own, so that one that answers slowly keeps nobody else's work waiting. Thread-safe.
 */
final class VendorQueue {
  /** Backfills may take long; what is live finds a free place all the same. */
  private static final int LIVE_ONLY = 4;

  /** Of a thousand calls to a vendor at once some are left to links, refreshes and the like. */
  private static final int PLACES = 800;

  /**
   * How many may be in work that is quickly done: more would only wait for each other. What takes
   * longer waits for the vendor, and must not keep others from being begun.
   */
  private static final int QUICK_PLACES = 128;

  private static final Duration QUICK = Duration.ofSeconds(1);

  private final RunningConnector connector;
  private final VendorType vendor;
  private final InboxStore inbox;

  /** Names of lines that are worked in, and since when by this process's count of time. */
  private final Map<String, Long> busy = new ConcurrentHashMap<>();

  private final Map<Lane, Instant> pausedUntil = new EnumMap<>(Lane.class);

  VendorQueue(RunningConnector connector, InboxStore inbox) {
    this.connector = connector;
    this.vendor = connector.vendor();
    this.inbox = inbox;
  }

  /** Nothing of this lane and of those after it is begun before then. */
  synchronized void pause(Lane from, Instant until) {
    for (Lane lane : Lane.values()) {
      if (lane.compareTo(from) >= 0) {
        pausedUntil.merge(lane, until, (known, told) -> known.isAfter(told) ? known : told);
      }
    }
  }

  /** Forgets its pauses: they were told by a clock that has been set since. */
  synchronized void resume() {
    pausedUntil.clear();
  }

  private synchronized Optional<Instant> paused(Lane lane, Instant now) {
    return Optional.ofNullable(pausedUntil.get(lane)).filter(now::isBefore);
  }

  /**
   * What came of a look.
   *
   * @param begun lines that may be worked in now; each must be given back by {@link #release}
   * @param crowded whether others are due for which there is no place
   * @param next when there may be more; empty when only a row that comes or a line that is given
   *     back can change anything
   */
  record Look(List<InboxLine> begun, boolean crowded, Optional<Instant> next) {}

  /** Takes what may be begun now. */
  Look take(Lane lane, Instant now) {
    // Before the look: a line that is finished during it must not be taken for one still waiting.
    Map<String, Long> before = Map.copyOf(busy);
    int free = free(lane, before.values());
    Optional<Instant> paused = paused(lane, now);
    if (free <= 0 || paused.isPresent()) {
      return new Look(List.of(), false, paused);
    }
    List<DueLine> first = inbox.lines(vendor, lane, free + before.size() + 1);
    List<InboxLine> due =
        first.stream()
            .filter(line -> !line.dueAt().isAfter(now))
            .map(DueLine::line)
            .filter(line -> !before.containsKey(line.name()))
            .toList();
    List<InboxLine> begun = due.isEmpty() ? due : taken(due, Math.min(free, allowed(lane)));
    Optional<Instant> later =
        first.stream().map(DueLine::dueAt).filter(time -> time.isAfter(now)).findFirst();
    return new Look(begun, begun.size() < due.size(), paused(lane, now).or(() -> later));
  }

  private List<InboxLine> taken(List<InboxLine> due, int most) {
    List<InboxLine> taken = new ArrayList<>();
    for (InboxLine line : due) {
      if (taken.size() < most && busy.putIfAbsent(line.name(), System.nanoTime()) == null) {
        taken.add(line);
      }
    }
    return taken;
  }

  /** Ten thousand lines shall not each find out for themselves that a limit is reached. */
  private int allowed(Lane lane) {
    Availability available = connector.limits().available(lane);
    available.from().ifPresent(from -> pause(lane, from));
    return available.calls();
  }

  /** Where the quick places are taken, one of those who have them is done soon, or not quick. */
  private static int free(Lane lane, Collection<Long> begun) {
    long now = System.nanoTime();
    long quick = begun.stream().filter(since -> now - since < QUICK.toNanos()).count();
    return (int) Math.min(places(lane, QUICK_PLACES) - quick, places(lane, PLACES) - begun.size());
  }

  private static int places(Lane lane, int all) {
    return lane == Lane.LIVE ? all : all - all / LIVE_ONLY;
  }

  void release(InboxLine line) {
    busy.remove(line.name());
  }
}
