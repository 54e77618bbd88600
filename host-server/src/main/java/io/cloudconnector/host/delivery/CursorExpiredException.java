package io.cloudconnector.host.delivery;

/** A reader's cursor belongs to another log, or to a part of this one that is gone. */
public final class CursorExpiredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CursorExpiredException() {
    super("the event log does not go on from this cursor");
  }
}
