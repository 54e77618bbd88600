package io.cloudconnector.host.store;

/** How a sink fares. */
public enum SinkState {
  DELIVERING,
  /** Nothing goes through; it is tried again and again. */
  RETRYING,
  /** It said that it is gone; nothing is sent until somebody resumes it. */
  PARKED
}
