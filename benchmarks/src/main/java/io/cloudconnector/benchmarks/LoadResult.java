package io.cloudconnector.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** What came of one round of load. Not thread-safe. */
final class LoadResult {
  private final long began;
  private final long[] latencies;
  private final long[] answeredAt;
  private final Map<Integer, Integer> failures = new TreeMap<>();
  private long ended;

  LoadResult(int requests, long began) {
    this.began = began;
    this.latencies = new long[requests];
    this.answeredAt = new long[requests];
  }

  void answered(int request, int status, long sentAt) {
    long now = System.nanoTime();
    latencies[request] = now - sentAt;
    answeredAt[request] = now;
    if (status / 100 != 2) {
      failures.merge(status, 1, Integer::sum);
    }
  }

  void end() {
    ended = System.nanoTime();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("requests were refused, by status: " + failures);
    }
  }

  long began() {
    return began;
  }

  /** When the answer to a request came, as {@link System#nanoTime} tells. */
  long answeredAt(int request) {
    return answeredAt[request];
  }

  double perSecond() {
    return latencies.length / ((ended - began) / 1e9);
  }

  Samples latencies() {
    return Samples.ofNanosAsMillis(latencies);
  }
}
