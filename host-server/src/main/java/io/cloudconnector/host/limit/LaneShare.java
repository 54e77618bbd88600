package io.cloudconnector.host.limit;

import io.cloudconnector.host.store.Lane;

/**
 * How far each lane may fill a window. Live work may fill it. Reconciliation starts only what
 * leaves a quarter free, and backfill what leaves a quarter and a tenth: a burst of webhooks finds
 * room at once, however much history there is to fetch. Where a window is so small that nothing
 * would be left, one piece of work may always start in a window that is otherwise empty, so that no
 * lane starves for ever.
 */
final class LaneShare {
  private LaneShare() {}

  /**
   * What may be used in all once the work has started.
   *
   * @param max what the window allows
   * @param calls what the work needs
   */
  static int of(Lane lane, int max, int calls) {
    int kept =
        switch (lane) {
          case LIVE -> 0;
          case RECONCILE -> Math.ceilDiv(max, 4);
          case BACKFILL -> Math.ceilDiv(max, 4) + Math.ceilDiv(max, 10);
        };
    return Math.clamp(max - kept, Math.min(calls, max), max);
  }
}
