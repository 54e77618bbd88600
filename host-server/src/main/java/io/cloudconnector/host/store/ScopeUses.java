package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What counts in one scope.
 *
 * @param stop until when the vendor wants no calls; may be past
 */
public record ScopeUses(List<LimitUse> uses, Optional<Instant> stop) {
  public ScopeUses {
    uses = List.copyOf(uses);
  }
}
