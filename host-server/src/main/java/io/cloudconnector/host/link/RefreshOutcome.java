package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import java.time.Instant;

/** What a refresh came to. */
sealed interface RefreshOutcome {
  /** The vendor gave new credentials, and they are stored. */
  record Renewed(Credentials credentials) implements RefreshOutcome {}

  /** There was nothing to do: what is stored is good, or somebody else has just renewed it. */
  record StillGood(Credentials credentials) implements RefreshOutcome {}

  /** The grant is over by the vendor's own word, and that is told. */
  record Dead(String reason) implements RefreshOutcome {}

  /** Undecided; the connection stays as it is, and nobody asks again before then. */
  record Later(String reason, Instant notBefore) implements RefreshOutcome {}
}
