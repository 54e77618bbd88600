package io.cloudconnector.core;

import io.cloudconnector.api.HttpReply;

/** The leave to send one call. Exactly one of the methods is called, once. */
public interface CallPermit {
  /** The whole answer is there, whatever its status. */
  void answered(HttpReply reply);

  /** No usable answer came; whether the vendor counted the call is unknown. */
  void failed();

  /** The call was not sent after all, so nobody can have counted it. */
  void notSent();
}
