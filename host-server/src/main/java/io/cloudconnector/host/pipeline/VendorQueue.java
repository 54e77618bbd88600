package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.limit.Availability;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.Lane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One vendor's lines: which are being worked in, and which may be begun. Each vendor has places of
 * its own, so that one that answers slowly keeps nobody else's work waiting. Thread-safe.
 */
final class VendorQueue {
  private static final int PLACES = 128;

  /** Backfills may take long; what is live finds a free place all the same. */
  private static final int PLACES_OF_LIVE = 32;

  private final RunningConnector connector;
  private final VendorType vendor;
  private final InboxStore inbox;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
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

  /** Takes lines that may be worked in now; each must be given back by {@link #release}. */
  List<InboxLine> take(Lane lane, Instant now) {
    // Before the look: a line that is finished during it must not be taken for one still waiting.
    Set<String> before = Set.copyOf(busy);
    int free = places(lane) - before.size();
    if (free <= 0 || paused(lane, now).isPresent()) {
      return List.of();
    }
    List<InboxLine> due =
        inbox.due(vendor, lane, now, free + before.size()).stream()
            .filter(line -> !before.contains(line.name()))
            .toList();
    return due.isEmpty() ? due : taken(due, Math.min(free, allowed(lane)));
  }

  private List<InboxLine> taken(List<InboxLine> due, int most) {
    List<InboxLine> taken = new ArrayList<>();
    for (InboxLine line : due) {
      if (taken.size() < most && busy.add(line.name())) {
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

  private static int places(Lane lane) {
    return lane == Lane.LIVE ? PLACES : PLACES - PLACES_OF_LIVE;
  }

  void release(InboxLine line) {
    busy.remove(line.name());
  }

  /** When there may be more to take; empty when only something new can change anything. */
  Optional<Instant> nextLook(Lane lane, Instant now) {
    return paused(lane, now).or(() -> inbox.nextDue(vendor, lane, now));
  }
}
