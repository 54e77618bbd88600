package io.cloudconnector.host.containment;

/** A clock for lengths of time, which nobody sets. */
@FunctionalInterface
interface LongClock {
  /** See {@link System#nanoTime()}. */
  long nanos();
}
