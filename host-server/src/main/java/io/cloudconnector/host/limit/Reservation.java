package io.cloudconnector.host.limit;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.core.CallPermit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Permits taken for one piece of work. Calls use them up; calls beyond them, and calls with a tag
 * of their own, take one more each. What is left is given back at the end. Thread-safe.
 */
public final class Reservation implements CallGate, AutoCloseable {
  private final VendorLimits limits;
  private final Optional<String> userId;
  private final AtomicInteger left;
  private final List<Long> uses;

  Reservation(VendorLimits limits, Optional<String> userId, int permits, List<Long> uses) {
    this.limits = limits;
    this.userId = userId;
    this.left = new AtomicInteger(permits);
    this.uses = uses;
  }

  @Override
  public CallPermit enter(HttpCall call) {
    boolean reserved = call.tag().isEmpty() && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    return new Permit(reserved ? uses : limits.take(userId, call.tag().orElse(""), 1));
  }

  @Override
  public void close() {
    limits.giveBack(uses, left.getAndSet(0));
  }

  private final class Permit implements CallPermit {
    private final List<Long> taken;

    Permit(List<Long> taken) {
      this.taken = taken;
    }

    @Override
    public void answered(HttpReply reply) {
      limits.touch(taken);
      limits.learn(userId, reply);
    }

    @Override
    public void failed() {
      limits.touch(taken);
    }
  }
}
