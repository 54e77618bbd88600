package io.cloudconnector.core;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.RateLimitException;

/** What every call passes before it is sent; where the host counts limits. Thread-safe. */
public interface CallGate {
  /**
   * Asks for one sending; a call that is repeated asks again.
   *
   * @throws RateLimitException when a limit does not allow it now; the call is not sent
   */
  CallPermit enter(HttpCall call);

  /** A gate that lets everything through and counts nothing. */
  static CallGate open() {
    CallPermit free =
        new CallPermit() {
          @Override
          public void answered(HttpReply reply) {}

          @Override
          public void failed() {}

          @Override
          public void notSent() {}
        };
    return call -> free;
  }
}
