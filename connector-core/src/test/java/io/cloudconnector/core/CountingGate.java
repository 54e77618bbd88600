package io.cloudconnector.core;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets everything through and counts what became of it. */
final class CountingGate implements CallGate {
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @Override
  public CallPermit enter(HttpCall call) {
    entered.incrementAndGet();
    return new CallPermit() {
      @Override
      public void answered(HttpReply reply) {
        answered.incrementAndGet();
      }

      @Override
      public void failed() {
        failed.incrementAndGet();
      }

      @Override
      public void notSent() {
        entered.decrementAndGet();
      }
    };
  }

  /** In words, so that one assertion tells all. */
  @Override
  public String toString() {
    return entered + " entered, " + answered + " answered, " + failed + " failed";
  }
}
