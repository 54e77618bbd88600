package io.cloudconnector.host.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * How much of bodies may lie in memory at once. Anybody may send a body, so without a bound anybody
 * could fill the heap. Thread-safe.
 */
final class BodyBudget {
  private static final int UNIT = 8 * 1024;

  /** Copies on the way (verified, parsed, stored) take as much again, more than once. */
  private static final int SHARE_OF_HEAP = 12;

  private final Semaphore units;

  BodyBudget(long bytes) {
    this.units = new Semaphore((int) Math.max(Exchange.MAX_BODY / UNIT + 1, bytes / UNIT));
  }

  static BodyBudget ofHeap() {
    return new BodyBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  Lease lease() {
    return new Lease();
  }

  /** What one request holds, from its first byte until it is answered. Not thread-safe. */
  final class Lease implements AutoCloseable {
    private int held;

    /**
     * Makes room for a body of so many bytes in all.
     *
     * @throws ProblemException 503 when others hold too much
     */
    void grow(int bytes) {
      int wanted = bytes / UNIT + 1 - held;
      if (wanted <= 0) {
        return;
      }
      if (!units.tryAcquire(wanted)) {
        throw new ProblemException(
            503,
            "unavailable",
            "too much is being sent at once; send it again",
            Optional.of(Duration.ofSeconds(10)));
      }
      held += wanted;
    }

    @Override
    public void close() {
      units.release(held);
      held = 0;
    }
  }
}
