package io.cloudconnector.simulator;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What an authorization code stands for until it is exchanged. */
record IssuedCode(
    String accountId,
    Set<String> scopes,
    String redirectUri,
    Optional<PkceChallenge> challenge,
    Instant until) {
  IssuedCode {
    scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
  }
}
