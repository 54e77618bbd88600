package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import java.time.Instant;

/** What came of asking for the right to refresh a grant. */
sealed interface RefreshClaim {
  record Taken(RefreshLease lease) implements RefreshClaim {}

  /** Another refresh of it is under way, here or on another host. */
  record Elsewhere() implements RefreshClaim {}

  /** What is stored needs no refresh. */
  record Needless(Credentials credentials) implements RefreshClaim {}

  /** The vendor is not asked before then. */
  record Resting(String why, Instant until) implements RefreshClaim {}
}
