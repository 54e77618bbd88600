package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a sink is. Immutable.
 *
 * @param reached up to this number all is done, but for the open ones
 * @param open in order
 * @param why of a state that is not {@link SinkState#DELIVERING}
 * @param since when the state began
 */
public record SinkProgress(
    long reached, List<OpenEvent> open, SinkState state, Optional<String> why, Instant since) {
  public SinkProgress {
    open = List.copyOf(open);
  }

  /** Up to this number all is done. */
  public long position() {
    return open.isEmpty() ? reached : open.getFirst().seq() - 1;
  }
}
