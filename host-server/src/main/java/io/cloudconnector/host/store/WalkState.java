package io.cloudconnector.host.store;

/** How a walk fares. */
public enum WalkState {
  /** No page was had yet. */
  WAITING,
  RUNNING,
  DONE,
  /** It is a dead letter, which may be replayed. */
  FAILED,
  /** The connection ended, another account was linked, or its dead letter was discarded. */
  ENDED
}
