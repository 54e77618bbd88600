package io.cloudconnector.host.limit;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.core.CallPermit;
import io.cloudconnector.host.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Permits taken for one piece of work. Calls use them up; calls beyond them, and calls with a tag
 * of their own, take one more each. What is left is given back at the end. Thread-safe.
 */
public final class Reservation implements CallGate, AutoCloseable {
  /** A call sent later than this before the end of its hold might outlive it. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

  private final VendorLimits limits;
  private final Optional<String> userId;
  private final Lane lane;
  private final Optional<Taken.Granted> reserved;
  private final AtomicInteger left;

  Reservation(
      VendorLimits limits, Optional<String> userId, Lane lane, Optional<Taken.Granted> reserved) {
    this.limits = limits;
    this.userId = userId;
    this.lane = lane;
    this.reserved = reserved;
    this.left = new AtomicInteger(reserved.map(Taken.Granted::permits).orElse(0));
  }

  @Override
  public CallPermit enter(HttpCall call) {
    Instant now = limits.now();
    return reserved
        .filter(hold -> call.tag().isEmpty() && now.plus(LONGEST_CALL).isBefore(hold.until()))
        .filter(_ -> left.getAndUpdate(n -> Math.max(0, n - 1)) > 0)
        .map(hold -> new Permit(hold.hold(), "", now, left::incrementAndGet))
        .orElseGet(() -> oneMore(call.tag().orElse("")));
  }

  private Permit oneMore(String tag) {
    long hold = limits.take(new Ask(userId, tag, 1, lane, true)).hold();
    return new Permit(hold, tag, limits.now(), () -> limits.giveBack(hold, 1));
  }

  @Override
  public void close() {
    int unused = left.getAndSet(0);
    if (unused > 0) {
      reserved.ifPresent(granted -> limits.giveBack(granted.hold(), unused));
    }
  }

  private final class Permit implements CallPermit {
    private final long hold;
    private final String tag;
    private final Instant sentAt;
    private final Runnable putBack;

    Permit(long hold, String tag, Instant sentAt, Runnable putBack) {
      this.hold = hold;
      this.tag = tag;
      this.sentAt = sentAt;
      this.putBack = putBack;
    }

    @Override
    public void answered(HttpReply reply) {
      limits.answered(hold, userId, tag, sentAt, reply);
    }

    @Override
    public void failed() {
      limits.failed(hold, userId, tag, sentAt);
    }

    @Override
    public void notSent() {
      putBack.run();
    }
  }
}
