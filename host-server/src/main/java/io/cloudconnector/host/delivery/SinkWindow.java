package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.EventKey;
import io.cloudconnector.host.store.OpenEvent;
import io.cloudconnector.host.store.SinkProgress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the sink has still to take of the part of the log that was looked at, in one line for each
 * connection, of which only the head is ever under way. Holds numbers, not events. Used by one
 * thread only.
 */
final class SinkWindow {
  private static final int MOST = 10_000;

  private final TreeMap<Long, PendingEvent> open = new TreeMap<>();
  private final Map<String, Deque<PendingEvent>> lines = new HashMap<>();
  private final Deque<PendingEvent> ready = new ArrayDeque<>();
  private final List<PendingEvent> resting = new ArrayList<>();
  private final Set<Long> again = new HashSet<>();
  private long reached;
  private long doneTo;

  /** Goes on where a sink was. */
  SinkWindow(SinkProgress stored, List<EventKey> openKeys) {
    this.reached = stored.reached();
    this.doneTo = stored.reached();
    Map<Long, OpenEvent> before =
        stored.open().stream().collect(Collectors.toMap(OpenEvent::seq, Function.identity()));
    for (EventKey key : openKeys) {
      OpenEvent known = before.get(key.seq());
      if (known != null) {
        PendingEvent pending = new PendingEvent(key, known);
        open.put(key.seq(), pending);
        enqueue(pending);
      }
    }
  }

  /** How far the log was looked at. */
  long reached() {
    return reached;
  }

  /** Whether more of the log may be looked at. */
  boolean hasRoom() {
    return open.size() < MOST;
  }

  /** The last that was done: beyond it nothing was. */
  long doneTo() {
    return doneTo;
  }

  /** What is open before {@link #doneTo}. */
  List<OpenEvent> open() {
    return open.headMap(doneTo).values().stream().map(PendingEvent::open).toList();
  }

  /** Takes in what follows in the log. */
  void add(EventKey key) {
    PendingEvent pending = new PendingEvent(key, false);
    reached = key.seq();
    open.put(key.seq(), pending);
    enqueue(pending);
  }

  /** Takes in an event that was parked; once only, while it is under way. */
  void addAgain(EventKey key) {
    if (again.add(key.seq())) {
      enqueue(new PendingEvent(key, true));
    }
  }

  private void enqueue(PendingEvent pending) {
    Deque<PendingEvent> line = lines.computeIfAbsent(line(pending), name -> new ArrayDeque<>());
    line.addLast(pending);
    if (line.size() == 1) {
      ready.addLast(pending);
    }
  }

  /** What {@link PendingEvent}s share that must be taken one after the other. */
  static String line(PendingEvent pending) {
    return pending.key().vendor() + " " + pending.key().userId();
  }

  /** The next to be sent, if any; it counts as under way until it is finished or rests. */
  Optional<PendingEvent> next(Instant now) {
    List<PendingEvent> rested = resting.stream().filter(one -> one.pause().isOver(now)).toList();
    resting.removeAll(rested);
    ready.addAll(rested);
    return Optional.ofNullable(ready.pollFirst());
  }

  /** The one to find out with whether the consumer is back: those that waited longest first. */
  Optional<PendingEvent> probe(Instant now) {
    Optional<PendingEvent> next = next(now);
    if (next.isPresent()) {
      return next;
    }
    Optional<PendingEvent> rests =
        resting.stream().min(Comparator.comparing(pending -> pending.pause().from()));
    rests.ifPresent(resting::remove);
    return rests;
  }

  boolean hasWork() {
    return !ready.isEmpty() || !resting.isEmpty();
  }

  /** Holds an event, and with it its line, back for a while. */
  void rest(PendingEvent pending, Pause pause) {
    pending.pause(pause);
    resting.add(pending);
  }

  /** Lets the line go on behind an event that was taken or parked. */
  void finish(PendingEvent pending) {
    if (pending.isParkedBefore()) {
      again.remove(pending.key().seq());
    } else {
      open.remove(pending.key().seq());
      doneTo = Math.max(doneTo, pending.key().seq());
    }
    String name = line(pending);
    Deque<PendingEvent> line = lines.get(name);
    if (line == null) {
      return;
    }
    line.removeFirst();
    if (line.isEmpty()) {
      lines.remove(name);
    } else {
      ready.addLast(line.getFirst());
    }
  }

  /** Everything that waits may be tried at once. */
  void consumerIsBack(Instant now, long taken) {
    open.values().forEach(pending -> pending.consumerIsBack(now, taken));
    resting.forEach(pending -> pending.pause(Pause.NONE));
  }
}
