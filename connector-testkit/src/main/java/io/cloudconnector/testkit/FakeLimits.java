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
import java.util.ArrayList;
import java.util.List;

/**
 * The host's limiter: counts every call, and lets through as many as a test allows (any number
 * unless {@link #allow} or {@link #asDeclared} says otherwise). All calls count as one person's.
 * Thread-safe.
 */
public final class FakeLimits implements RateLimits, CallGate {
  private final List<RateLimitConfig> limits;
  private final InstantSource clock;
  private final List<Sent> sent = new ArrayList<>();
  private int left = Integer.MAX_VALUE;
  private boolean declared;

  private record Sent(HttpCall call, Instant at) {}

  FakeLimits(List<RateLimitConfig> limits, InstantSource clock) {
    this.limits = List.copyOf(limits);
    this.clock = clock;
  }

  /** From now on lets so many calls through and refuses the next. */
  public synchronized void allow(int count) {
    left = count;
  }

  /** From now on also keeps what the connector declares, by the test's clock. */
  public synchronized void asDeclared() {
    declared = true;
  }

  /** The calls let through, in their order. */
  public synchronized List<HttpCall> calls() {
    return sent.stream().map(Sent::call).toList();
  }

  @Override
  public synchronized CallPermit enter(HttpCall call) {
    if (left == 0) {
      throw new RateLimitException("the test allows no more calls", Duration.ofSeconds(1));
    }
    Instant now = clock.instant();
    limits.stream().filter(limit -> counts(limit, call)).forEach(limit -> check(limit, now));
    left--;
    sent.add(new Sent(call, now));
    return Counted.INSTANCE;
  }

  private void check(RateLimitConfig limit, Instant now) {
    if (remaining(limit, now) == 0) {
      throw new RateLimitException(
          "the declared limit of " + limit + " is used up",
          Duration.between(now, ends(limit, now).getFirst()));
    }
  }

  /** Of limits that count only tagged calls nothing can be said: the tags are not known yet. */
  @Override
  public synchronized boolean allows(Connection connection, int count) {
    Instant now = clock.instant();
    return count <= left
        && (!declared
            || limits.stream()
                .filter(limit -> limit.tag().isEmpty())
                .allMatch(limit -> count <= remaining(limit, now)));
  }

  @Override
  public synchronized List<LimitStatus> status(Connection connection) {
    Instant now = clock.instant();
    return limits.stream()
        .<LimitStatus>map(
            limit -> new Status(limit, Math.min(left, remaining(limit, now)), resetAt(limit, now)))
        .toList();
  }

  private static boolean counts(RateLimitConfig limit, HttpCall call) {
    return limit.tag().isEmpty() || limit.tag().equals(call.tag());
  }

  private int remaining(RateLimitConfig limit, Instant now) {
    return declared
        ? Math.max(0, limit.maxRequests() - ends(limit, now).size())
        : limit.maxRequests();
  }

  /** Until when each call so far counts, of those that still do; the oldest first. */
  private List<Instant> ends(RateLimitConfig limit, Instant now) {
    return sent.stream()
        .filter(one -> counts(limit, one.call()))
        .map(one -> end(limit, one.at()))
        .filter(end -> end.isAfter(now))
        .toList();
  }

  private Instant resetAt(RateLimitConfig limit, Instant now) {
    List<Instant> ends = declared ? ends(limit, now) : List.of();
    return ends.isEmpty() ? now : ends.getLast();
  }

  private static Instant end(RateLimitConfig limit, Instant at) {
    long window = limit.timeWindow().toMillis();
    Instant begin =
        limit.isAligned()
            ? Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), window) * window)
            : at;
    return begin.plus(limit.timeWindow());
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
