package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.SinkStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/**
 * The right to send, of which there is one for all hosts on a database. It is renewed well before
 * it runs out, and runs out by this process's own count of time: a host that was asleep must not
 * send on. Used by one thread only.
 */
final class SinkClaim {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration RENEW = Duration.ofSeconds(10);

  private final SinkStore store;
  private final InstantSource clock;
  private final boolean shared;
  private final String host = UUID.randomUUID().toString();
  private boolean held;
  private long askedAt;

  /**
   * Over a sink's row.
   *
   * @param shared whether there may be other hosts; alone, one asks once
   */
  SinkClaim(SinkStore store, InstantSource clock, boolean shared) {
    this.store = store;
    this.clock = clock;
    this.shared = shared;
    this.askedAt = System.nanoTime() - RENEW.toNanos();
  }

  String host() {
    return host;
  }

  boolean isDue() {
    return (shared || !held) && !untilDue().isPositive();
  }

  /** How long until it may be asked for again. */
  Duration untilDue() {
    return Duration.ofNanos(RENEW.toNanos() - passed());
  }

  private long passed() {
    return System.nanoTime() - askedAt;
  }

  /** Asks for it, or for more of it. */
  boolean renew() {
    long asked = System.nanoTime();
    held = store.claim(host, clock.instant(), LEASE);
    askedAt = asked;
    return held;
  }

  boolean isHeld() {
    return held && (!shared || passed() < LEASE.toNanos());
  }

  void release() {
    if (held) {
      held = false;
      store.release(host);
    }
  }
}
