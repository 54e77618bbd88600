package io.cloudconnector.host.plugin;

import java.time.Duration;

/** How long to wait for a plugin while it is loaded. */
interface Patience {
  /** Waits for a thread to end; false when that takes too long. */
  boolean outlasts(Thread thread) throws InterruptedException;

  static Patience of(Duration limit) {
    return thread -> thread.join(limit);
  }
}
