package io.cloudconnector.host.link;

import java.util.Optional;

/**
 * How a walk through a consent page ended.
 *
 * @param error empty when the account is linked, else why not
 * @param returnUrl where the application wants the browser back
 */
public record LinkOutcome(Optional<LinkException> error, Optional<String> returnUrl) {
  static LinkOutcome linked(Optional<String> returnUrl) {
    return new LinkOutcome(Optional.empty(), returnUrl);
  }

  static LinkOutcome failed(LinkException error, Optional<String> returnUrl) {
    return new LinkOutcome(Optional.of(error), returnUrl);
  }
}
