package io.cloudconnector.host.limit;

import java.time.Instant;

/** What came of an {@link Ask}. */
sealed interface Taken {
  /**
   * The permits are held.
   *
   * @param permits fewer than asked for where a window never allows so many
   * @param until how long the hold keeps calls on their way from being forgotten
   */
  record Granted(long hold, int permits, Instant until) implements Taken {}

  /** Nothing was taken; see {@link LimitReachedException}. */
  record Refused(Instant until, boolean everyone) implements Taken {}
}
