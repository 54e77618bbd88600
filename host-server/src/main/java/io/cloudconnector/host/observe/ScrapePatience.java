package io.cloudconnector.host.observe;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Bounds how long one look at all figures may wait for those that are asked of the database: while
 * it is gone each would wait for a connection, one after the other, and whoever looks would give up
 * and have no figure at all. Thread-safe; one look at a time.
 */
final class ScrapePatience {
  private final Duration most;
  private long deadline;

  ScrapePatience(Duration most) {
    this.most = most;
  }

  /** Looks with new patience. */
  synchronized <T> T during(Supplier<T> look) {
    deadline = System.nanoTime() + most.toNanos();
    return look.get();
  }

  /** Asks within what is left of it; {@code NaN} where no answer came in time. */
  DoubleSupplier bound(DoubleSupplier figure) {
    return () -> ask(figure);
  }

  private synchronized double ask(DoubleSupplier figure) {
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      return Double.NaN;
    }
    // Left alone when it is late: an interrupt would close the connection that it waits for.
    FutureTask<Double> asking = new FutureTask<>(figure::getAsDouble);
    Thread.ofVirtual().name("figure").start(asking);
    try {
      return asking.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a figure cannot be found out", e.getCause());
    }
  }
}
