package io.cloudconnector.host.store;

/** Why nobody knows whether the vendor has rotated the tokens that are stored. */
public enum RefreshDoubt {
  /** The host stopped after the vendor was asked and before its answer was stored. */
  STOPPED,
  /** The answer never came, came broken, or decided nothing. */
  UNANSWERED
}
