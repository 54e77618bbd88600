package io.cloudconnector.host.link;

import io.cloudconnector.api.Secret;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.SealedFor;
import io.cloudconnector.host.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the host keeps sealed between the two halves of a walk. */
record FlowSecrets(String codeVerifier, Optional<Secret> flowState) {
  Bytes seal(Vault vault, String stateHash) {
    // A verifier has no space (RFC 7636 4.1), so the first one ends it.
    String text = codeVerifier + " " + flowState.map(Secret::reveal).orElse("");
    return Bytes.of(vault.seal(text.getBytes(StandardCharsets.UTF_8), SealedFor.walk(stateHash)));
  }

  static FlowSecrets open(Vault vault, String stateHash, Bytes sealed) {
    String text =
        new String(vault.open(sealed.toArray(), SealedFor.walk(stateHash)), StandardCharsets.UTF_8);
    int end = text.indexOf(' ');
    String flowState = text.substring(end + 1);
    return new FlowSecrets(
        text.substring(0, end),
        flowState.isEmpty() ? Optional.empty() : Optional.of(Secret.of(flowState)));
  }

  @Override
  public String toString() {
    return "***";
  }
}
