package io.cloudconnector.host.delivery;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ever longer pauses, none exactly like another, so that those who failed together do not come back
 * together.
 */
record Backoff(Duration longest) {
  private static final long FIRST_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 30;

  /** The pause after so many failures, of which there is one at least. */
  Duration after(int failures) {
    long doubled = FIRST_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS);
    long most = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }
}
