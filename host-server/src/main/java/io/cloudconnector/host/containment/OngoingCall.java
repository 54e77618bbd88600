package io.cloudconnector.host.containment;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that has begun. The thread in it and the watch share it: an interruption hits the call
 * that it was meant for, or nothing. Times are the watch's.
 */
final class OngoingCall {
  private final Containment owner;
  private final ConnectorCall what;
  private final LongClock clock;
  private final Thread thread = Thread.currentThread();
  private final long beganAt;
  private long countedFrom;
  private boolean outside;
  private boolean ended;
  private Duration runnable = Duration.ZERO;
  private Duration computing = Duration.ZERO;
  private @Nullable Long interruptedAt;

  OngoingCall(Containment owner, ConnectorCall what, LongClock clock) {
    this.owner = owner;
    this.what = what;
    this.clock = clock;
    this.beganAt = clock.nanos();
    this.countedFrom = beganAt;
  }

  Containment owner() {
    return owner;
  }

  ConnectorCall what() {
    return what;
  }

  Thread thread() {
    return thread;
  }

  /** Whether it was interrupted for its length. */
  synchronized boolean end() {
    ended = true;
    if (interruptedAt == null) {
      return false;
    }
    // Meant for this call alone; the thread goes on with other work.
    boolean _ = Thread.interrupted();
    return true;
  }

  /**
   * Does something of the host's, whose time is not the connector's. Not for one that is switched
   * off: its threads cannot be ended, but need not go on.
   */
  <T> T outside(Supplier<T> work) {
    owner.refuseIfOff();
    long left = clock.nanos();
    setOutside(true);
    try {
      return work.get();
    } finally {
      setOutside(false);
      forgive(clock.nanos() - left);
    }
  }

  private synchronized void setOutside(boolean now) {
    outside = now;
    runnable = Duration.ZERO;
    computing = Duration.ZERO;
  }

  private synchronized void forgive(long away) {
    countedFrom += away;
  }

  /** How long the connector itself has been at it; nothing while it waits for the host. */
  synchronized Duration age() {
    return outside || ended ? Duration.ZERO : since(countedFrom);
  }

  /** How long it has lasted in all, with what the host took of it. */
  synchronized Duration total() {
    return ended ? Duration.ZERO : since(beganAt);
  }

  /**
   * A look at it. Only of virtual threads can be told that they compute: of others one that waits
   * for an answer looks the same, and takes no carrier from anybody.
   *
   * @param step since the last look
   * @param othersRun whether threads that can run do so; else this one may only be waiting for that
   */
  synchronized void look(Duration step, boolean othersRun) {
    if (interruptedAt != null && thread.getState() == Thread.State.BLOCKED) {
      // It cannot heed while another holds the lock, which is judged by itself.
      interruptedAt += step.toNanos();
    }
    if (outside || !thread.isVirtual() || thread.getState() != Thread.State.RUNNABLE) {
      runnable = Duration.ZERO;
      computing = Duration.ZERO;
      return;
    }
    runnable = runnable.plus(step);
    if (othersRun) {
      computing = computing.plus(step);
    }
  }

  /** For how long each look has found it able to run, whether it did or waited for a carrier. */
  synchronized Duration runnable() {
    return runnable;
  }

  /** For how long it has been computing without a pause. */
  synchronized Duration computing() {
    return computing;
  }

  /** Whether it was, which is once at most, and never while it waits for the host. */
  synchronized boolean interrupt() {
    if (ended || outside || interruptedAt != null) {
      return false;
    }
    interruptedAt = clock.nanos();
    thread.interrupt();
    return true;
  }

  /** For how long it has heeded no interruption. */
  synchronized Duration heedless() {
    return interruptedAt == null || ended || outside ? Duration.ZERO : since(interruptedAt);
  }

  private Duration since(long time) {
    return Duration.ofNanos(clock.nanos() - time);
  }

  StackTraceElement[] stack() {
    return thread.getStackTrace();
  }
}
