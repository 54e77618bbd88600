package io.cloudconnector.host.link;

import java.util.Optional;
import java.util.Set;

/**
 * How a walk through a consent page ended.
 *
 * @param error empty when the account is linked, else why not
 * @param returnUrl where the application wants the browser back
 * @param missingScopes what was asked for and the person did not allow
 */
public record LinkOutcome(
    Optional<LinkException> error, Optional<String> returnUrl, Set<String> missingScopes) {
  public LinkOutcome {
    missingScopes = Set.copyOf(missingScopes);
  }

  static LinkOutcome linked(Optional<String> returnUrl, Set<String> missingScopes) {
    return new LinkOutcome(Optional.empty(), returnUrl, missingScopes);
  }

  static LinkOutcome failed(LinkException error, Optional<String> returnUrl) {
    return new LinkOutcome(Optional.of(error), returnUrl, Set.of());
  }
}
