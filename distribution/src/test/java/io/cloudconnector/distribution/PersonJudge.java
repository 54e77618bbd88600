package io.cloudconnector.distribution;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what was told of one person with what the log says of them; see {@link Judge}. */
final class PersonJudge {
  private final List<Told> told;
  private final Verdict verdict;
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, History> histories = new HashMap<>();
  private final TreeMap<Integer, Instant> written = new TreeMap<>();
  private int lastPlace = -1;

  /** What was told of one resource and what came of it. */
  private static final class History {
    final TreeSet<Integer> changes = new TreeSet<>();
    final TreeSet<Integer> deletions = new TreeSet<>();
    final TreeMap<Integer, Seen> events = new TreeMap<>();
    int covered = -1;
    long version;

    /** When its latest event was written of those that had stood aside. */
    Instant stoodAside = Instant.MIN;
  }

  PersonJudge(List<Told> told, Verdict verdict) {
    this.told = told;
    this.verdict = verdict;
    for (int place = 0; place < told.size(); place++) {
      Told one = told.get(place);
      places.put(key(one.traceId(), one.resource()), place);
      History history = history(one.resource());
      history.changes.add(place);
      if (one.deleted()) {
        history.deletions.add(place);
      }
    }
  }

  private static String key(String traceId, String resource) {
    return traceId + " " + resource;
  }

  private History history(String resource) {
    return histories.computeIfAbsent(resource, name -> new History());
  }

  void compare(List<Seen> log) {
    log.forEach(this::take);
    for (int place = 0; place < told.size(); place++) {
      settle(place, told.get(place));
    }
  }

  private void take(Seen event) {
    History history = history(event.resource());
    Integer place = places.get(key(event.traceId(), event.resource()));
    if (place == null || (event.isDeletion() && history.deletions.isEmpty())) {
      verdict.invented.add("" + event);
    } else if (history.events.putIfAbsent(place, event) != null) {
      verdict.duplicated.add("two events for " + told.get(place));
    } else {
      checkOrder(history, place, event);
    }
  }

  private void checkOrder(History history, int place, Seen event) {
    if (event.version() != 0 && event.version() < history.version) {
      verdict.reordered.add(event + " is older than what came before it");
    }
    Integer own = history.changes.higher(history.covered);
    Integer next = history.changes.higher(Math.max(lastPlace, history.covered));
    // First: what stood aside may bring a newer change along, and passes nobody by that.
    if (own != null && own < lastPlace && own <= place && mayComeLate(history, own)) {
      verdict.aside++;
      history.stoodAside = event.at();
    } else if (next != null && next <= place) {
      lastPlace = next;
      written.put(next, event.at());
    } else {
      verdict.reordered.add(event + " comes after " + told.get(Math.max(0, lastPlace)));
    }
    history.covered = Math.max(history.covered, place);
    history.version = Math.max(history.version, event.version());
  }

  /** Whether it stood aside, or was told while it had to wait for one of its resource that did. */
  private boolean mayComeLate(History history, int place) {
    return hadStoodAside(place) || told.get(place).at().isBefore(history.stoodAside);
  }

  /** Whether all that came before it though it was told later came over a minute after it. */
  private boolean hadStoodAside(int place) {
    Instant end = told.get(place).at().plus(Judge.STEPS_ASIDE_AFTER);
    return written.tailMap(place, false).values().stream().noneMatch(end::isAfter);
  }

  private void settle(int place, Told one) {
    History history = history(one.resource());
    Seen own = history.events.get(place);
    if (one.deleted() ? own != null && own.isDeletion() : isDelivered(history, place, one)) {
      verdict.delivered++;
      verdict.shared += own == null ? 1 : 0;
    } else {
      verdict.lost.add("" + one);
    }
  }

  private static boolean isDelivered(History history, int place, Told one) {
    Integer deletion = history.deletions.higher(place);
    int end = deletion == null ? Integer.MAX_VALUE : deletion;
    return history.events.subMap(place, end).values().stream()
        .anyMatch(event -> event.isDeletion() || event.version() >= one.version());
  }
}
