package io.cloudconnector.core;

/** Whether calls to a vendor are let through. For showing; more words may come. */
public enum CircuitState {
  /** All are. */
  CLOSED,
  /** A few, which show whether it is back. */
  TRYING,
  /** None for a while: it fails too often. */
  OPEN
}
