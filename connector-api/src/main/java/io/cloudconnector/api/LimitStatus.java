package io.cloudconnector.api;

import java.time.Instant;

/** One window at one moment. Made by the host; immutable. */
public interface LimitStatus {
  RateLimitConfig limit();

  /** Calls that would be allowed at once. */
  int remaining();

  /** When the window is empty again if nothing more is called; now where it already is. */
  Instant resetAt();
}
