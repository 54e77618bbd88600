package io.cloudconnector.host.store;

/** What is to become of an inbox row. Stored by name; a finished row is deleted. */
public enum InboxState {
  /** On disk and no more; see {@link InboxArrivals}. */
  ARRIVED,
  /** To be worked off, now or when it is due. */
  WAITING,
  /** Given up; an operator replays or discards it. */
  DEAD
}
