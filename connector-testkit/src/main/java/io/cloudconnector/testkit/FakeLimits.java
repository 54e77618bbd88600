package io.cloudconnector.testkit;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.RateLimits;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.core.CallPermit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The host's limiter, without windows: counts every call, and lets through as many as a test allows
 * (any number unless {@link #allow} says otherwise). Thread-safe.
 */
public final class FakeLimits implements RateLimits, CallGate {
  private final List<RateLimitConfig> limits;
  private final InstantSource clock;
  private final List<HttpCall> calls = new CopyOnWriteArrayList<>();
  private int left = Integer.MAX_VALUE;

  FakeLimits(List<RateLimitConfig> limits, InstantSource clock) {
    this.limits = List.copyOf(limits);
    this.clock = clock;
  }

  /** From now on lets so many calls through and refuses the next. */
  public synchronized void allow(int count) {
    left = count;
  }

  /** The calls let through, in their order. */
  public List<HttpCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public synchronized CallPermit enter(HttpCall call) {
    if (left == 0) {
      throw new RateLimitException("the test allows no more calls", Duration.ofSeconds(1));
    }
    left--;
    calls.add(call);
    return Counted.INSTANCE;
  }

  @Override
  public synchronized boolean allows(Connection connection, int count) {
    return count <= left;
  }

  @Override
  public synchronized List<LimitStatus> status(Connection connection) {
    Instant now = clock.instant();
    return limits.stream()
        .<LimitStatus>map(limit -> new Status(limit, Math.min(left, limit.maxRequests()), now))
        .toList();
  }

  private record Status(RateLimitConfig limit, int remaining, Instant resetAt)
      implements LimitStatus {}

  /** Counted on entering; how the call ended changes nothing. */
  private enum Counted implements CallPermit {
    INSTANCE;

    @Override
    public void answered(HttpReply reply) {}

    @Override
    public void failed() {}

    @Override
    public void notSent() {}
  }
}
