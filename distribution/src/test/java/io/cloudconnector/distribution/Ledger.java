package io.cloudconnector.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was acknowledged, and what each observer saw, all in order. Thread-safe. */
final class Ledger {
  private final List<Told> acknowledged = new ArrayList<>();
  private final Map<String, List<Seen>> observers = new TreeMap<>();
  private long requests;
  private long repeats;

  synchronized void acknowledged(Told told) {
    acknowledged.add(told);
  }

  synchronized void requested() {
    requests++;
  }

  synchronized void repeated() {
    repeats++;
  }

  synchronized void seen(String observer, List<Seen> events) {
    observers.computeIfAbsent(observer, name -> new ArrayList<>()).addAll(events);
  }

  synchronized List<Told> acknowledged() {
    return List.copyOf(acknowledged);
  }

  synchronized List<Seen> seenBy(String observer) {
    return List.copyOf(observers.getOrDefault(observer, List.of()));
  }

  synchronized int count() {
    return acknowledged.size();
  }

  /** Requests sent, those without an answer too. */
  synchronized long requests() {
    return requests;
  }

  /** Changes that were told again after they had been acknowledged. */
  synchronized long repeats() {
    return repeats;
  }
}
