package io.cloudconnector.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Which page of history is wanted. Made by the host, within the type's span and look-back;
 * immutable.
 */
public interface HistoryQuery {
  String resourceType();

  /** Inclusive. */
  Instant from();

  /** Exclusive. */
  Instant to();

  /** What the page before gave, exactly; empty for the first. It may be days old. */
  Optional<String> cursor();
}
