package io.cloudconnector.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which requests came in, also those that a fault swallowed. Keeps the newest 100,000 and counts
 * all. Thread-safe.
 */
public final class RequestLog {
  private static final int KEPT = 100_000;

  private final Deque<SimulatedRequest> requests = new ArrayDeque<>();
  private final Map<Integer, Long> answers = new HashMap<>();
  private long total;

  RequestLog() {}

  synchronized void received(SimulatedRequest request) {
    total++;
    requests.addLast(request);
    if (requests.size() > KEPT) {
      requests.removeFirst();
    }
  }

  synchronized void answered(int status) {
    answers.merge(status, 1L, Long::sum);
  }

  /** The requests, oldest first. */
  public synchronized List<SimulatedRequest> all() {
    return List.copyOf(requests);
  }

  /** The requests of one method whose path starts so, oldest first. */
  public List<SimulatedRequest> of(String method, String pathPrefix) {
    return matching(r -> r.method().equals(method) && r.path().startsWith(pathPrefix));
  }

  /** The requests that match, oldest first. */
  public List<SimulatedRequest> matching(Predicate<SimulatedRequest> wanted) {
    return all().stream().filter(wanted).toList();
  }

  /** How many requests ever came in. */
  public synchronized long total() {
    return total;
  }

  /** How many answers with this status were given, by routes, filters and faults alike. */
  public synchronized long answersWith(int status) {
    return answers.getOrDefault(status, 0L);
  }
}
