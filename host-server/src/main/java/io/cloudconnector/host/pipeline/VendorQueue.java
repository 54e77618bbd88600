package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorType;
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

  private final VendorType vendor;
  private final InboxStore inbox;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Map<Lane, Instant> pausedUntil = new EnumMap<>(Lane.class);

  VendorQueue(VendorType vendor, InboxStore inbox) {
    this.vendor = vendor;
    this.inbox = inbox;
  }

  VendorType vendor() {
    return vendor;
  }

  /** Nothing of this lane is begun before then. */
  synchronized void pause(Lane lane, Instant until) {
    pausedUntil.merge(lane, until, (known, told) -> known.isAfter(told) ? known : told);
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
    List<InboxLine> taken = new ArrayList<>();
    for (InboxLine line : inbox.due(vendor, lane, now, free + before.size())) {
      if (taken.size() < free && !before.contains(line.name()) && busy.add(line.name())) {
        taken.add(line);
      }
    }
    return taken;
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
