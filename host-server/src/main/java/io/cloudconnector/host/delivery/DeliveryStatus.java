package io.cloudconnector.host.delivery;

import io.cloudconnector.host.store.SinkState;
import java.time.Instant;
import java.util.Optional;

/**
 * How the webhook fares, on whichever host it is sent from.
 *
 * @param url without query
 * @param position up to here all is delivered or parked
 * @param lag events after that, at most: numbers have gaps
 * @param oldest when the oldest of these was written
 * @param lagSeconds how old that is
 * @param why of a state that is not {@link SinkState#DELIVERING}
 */
public record DeliveryStatus(
    String url,
    Cursor position,
    long lag,
    Optional<Instant> oldest,
    long lagSeconds,
    SinkState state,
    Optional<String> why,
    Instant since,
    long parked) {
  /** The state for graphs. */
  public int stateNumber() {
    return switch (state) {
      case DELIVERING -> 0;
      case RETRYING -> 1;
      case PARKED -> 2;
    };
  }
}
