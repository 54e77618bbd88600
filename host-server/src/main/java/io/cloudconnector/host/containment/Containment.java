package io.cloudconnector.host.containment;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.observe.CallMeter;
import io.cloudconnector.host.observe.CallMeter.Outcome;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.DatabaseException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from the host into one connector. A call runs on the caller's thread, with the plugin's
 * class loader as that of its context; {@link CallWatch} bounds its time. Thread-safe.
 *
 * <p>What a connector throws by contract goes through. Any other exception goes through too, and an
 * error becomes a {@link ConnectorException}: so nobody outside has to think of errors.
 */
public final class Containment {
  private static final Logger log = LoggerFactory.getLogger(Containment.class);

  private static final Duration NO_ROOM = Duration.ofSeconds(1);
  private static final Duration SWITCHED_OFF = Duration.ofMinutes(5);

  private final VendorType vendor;
  private final ClassLoader classLoader;
  private final CallWatch watch;
  private final FailureCounts failures;
  private final Map<ConnectorCall, Semaphore> rooms = new EnumMap<>(ConnectorCall.class);
  private final Map<ConnectorCall, CallMeter> meters = new EnumMap<>(ConnectorCall.class);
  private final CompletableFuture<String> offBecause = new CompletableFuture<>();

  /** Of calls on threads of their own. */
  private final Map<Thread, CompletableFuture<?>> waitedFor = new ConcurrentHashMap<>();

  /**
   * For one connector.
   *
   * @param classLoader the plugin's own
   */
  public Containment(VendorType vendor, ClassLoader classLoader, CallWatch watch, Metrics metrics) {
    this.vendor = vendor;
    this.classLoader = classLoader;
    this.watch = watch;
    this.failures = new FailureCounts(vendor);
    for (ConnectorCall call : ConnectorCall.values()) {
      rooms.put(call, new Semaphore(call.most()));
      meters.put(call, metrics.connectorCalls(vendor, call.method()));
    }
  }

  VendorType vendor() {
    return vendor;
  }

  public ConnectorHealth health() {
    if (offBecause.isDone()) {
      return new ConnectorHealth.Off(offBecause.join());
    }
    List<String> failing = failures.tooMany();
    return failing.isEmpty() ? new ConnectorHealth.Well() : new ConnectorHealth.Failing(failing);
  }

  boolean isOff() {
    return offBecause.isDone();
  }

  /** Nobody waits for it any more. */
  void abandon(OngoingCall call, String why, String where) {
    if (call.what() == ConnectorCall.REVOKE) {
      // A slow vendor's doing, perhaps.
      CompletableFuture<?> result = waitedFor.get(call.thread());
      if (result != null) {
        result.completeExceptionally(new ConnectorException(why));
      }
    } else {
      switchOff(why, where);
    }
  }

  /** For good: a thread that does not end cannot be taken back. */
  void switchOff(String why, String where) {
    if (offBecause.complete(why)) {
      waitedFor.values().forEach(this::giveUp);
      log.atError()
          .addKeyValue("vendor", vendor)
          .log(
              "The connector is switched off until the host is started again: {}. Its webhooks are"
                  + " answered 503 and its work waits. It is {}",
              why,
              where);
    }
  }

  /**
   * Calls.
   *
   * @throws VendorUnavailableException when the connector is switched off or has too many calls
   * @throws RuntimeException what the connector throws
   */
  <T> T call(ConnectorCall what, Supplier<@Nullable T> work) {
    refuseIfOff();
    Semaphore room = Objects.requireNonNull(rooms.get(what));
    if (!room.tryAcquire()) {
      throw unavailable(what.most() + " calls of " + what.method() + " are under way", NO_ROOM);
    }
    try {
      return watched(what, work);
    } finally {
      room.release();
    }
  }

  private <T> T watched(ConnectorCall what, Supplier<@Nullable T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    OngoingCall call = watch.begin(this, what);
    long began = System.nanoTime();
    Outcome outcome = Outcome.FAILED;
    String how = "";
    OngoingCall outer = HostTime.enter(call);
    thread.setContextClassLoader(classLoader);
    try {
      T result = Objects.requireNonNull(work.get(), () -> what.method() + " returned null");
      outcome = Outcome.DONE;
      return result;
    } catch (ConnectorException | IllegalArgumentException | DatabaseException e) {
      // By contract, the second for what a caller made up; the third is the host's own.
      outcome = Outcome.REFUSED;
      throw e;
    } catch (RuntimeException e) {
      how = Masked.told(e);
      throw e;
    } catch (OutOfMemoryError e) {
      // Perhaps by somebody else's doing; what is asked for again is not lost.
      how = e.getClass().getName();
      throw unavailable("there was no memory for it", NO_ROOM);
    } catch (Throwable e) {
      how = e.getClass().getName();
      throw new ConnectorException(what.method() + " of the connector failed: " + how, e);
    } finally {
      thread.setContextClassLoader(before);
      HostTime.leave(outer);
      if (watch.end(call) && outcome != Outcome.DONE) {
        outcome = Outcome.FAILED;
        how = "an interruption, because it took too long";
      }
      settle(what, outcome, how, System.nanoTime() - began);
    }
  }

  private void settle(ConnectorCall what, Outcome outcome, String how, long nanos) {
    Objects.requireNonNull(meters.get(what)).record(outcome, nanos);
    if (outcome == Outcome.FAILED) {
      failures.failed(what, how);
    } else {
      failures.worked(what);
    }
  }

  /** Calls on a thread of its own, which is left behind when the connector is switched off. */
  <T> T apart(ConnectorCall what, Supplier<@Nullable T> work) {
    refuseIfOff();
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name(vendor + " " + what.method())
            .unstarted(() -> complete(result, () -> call(what, work)));
    waitedFor.put(thread, result);
    try {
      thread.start();
      if (isOff()) {
        giveUp(result);
      }
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    } finally {
      waitedFor.remove(thread);
    }
  }

  private void giveUp(CompletableFuture<?> result) {
    result.completeExceptionally(new ConnectorException(offBecause.join()));
  }

  private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
    try {
      result.complete(work.get());
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * Refuses where the connector is switched off.
   *
   * @throws VendorUnavailableException then
   */
  void refuseIfOff() {
    if (offBecause.isDone()) {
      throw unavailable("its connector is switched off: " + offBecause.join(), SWITCHED_OFF);
    }
  }

  private VendorUnavailableException unavailable(String why, Duration retryAfter) {
    return new VendorUnavailableException(
        "nothing was asked of " + vendor + ": " + why, retryAfter);
  }
}
