package io.cloudconnector.host.link;

import java.net.URI;
import java.time.Instant;

/** A link for a person to open: good until then, and for one account. */
public record Invitation(URI linkUrl, Instant expiresAt) {
  /** Without the address, which is all that it takes to use it. */
  @Override
  public String toString() {
    return "invitation until " + expiresAt;
  }
}
