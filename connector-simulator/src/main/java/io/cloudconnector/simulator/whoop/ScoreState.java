package io.cloudconnector.simulator.whoop;

/** How far WHOOP is with judging a record; only a scored one has a {@code score}. */
public enum ScoreState {
  SCORED,
  PENDING_SCORE,
  UNSCORABLE
}
