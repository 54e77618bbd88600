package io.cloudconnector.oura;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Oura's test of the webhook address: while we subscribe, it gets the address with {@code
 * verification_token} and {@code challenge}, and wants the challenge back as JSON. The token is
 * ours, one for all subscriptions. It is read from the state each time: the test may come to
 * another host than the one that has just made it.
 */
record OuraHandshake(ConnectorState state) {
  /** Its name in the connector's state. */
  static final String TOKEN = "webhook-verification-token";

  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The token, which is in the state when this returns. */
  Secret token() {
    Optional<Secret> known = state.read(TOKEN);
    if (known.isPresent()) {
      return known.get();
    }
    Secret made = random();
    return state.writeIfAbsent(TOKEN, made)
        ? made
        : state
            .read(TOKEN)
            .orElseThrow(
                () ->
                    new ConnectorException(
                        "the token of Oura's handshake was written by another host and is gone"));
  }

  private static Secret random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /**
   * The answer to a test; empty for any other request.
   *
   * @throws WebhookException refused (401), when its token is not ours or anything is said twice
   */
  Optional<WebhookReply> answer(WebhookRequest request) {
    List<String> tokens = request.queries("verification_token");
    List<String> challenges = request.queries("challenge");
    if (!request.method().equals("GET") || (tokens.isEmpty() && challenges.isEmpty())) {
      return Optional.empty();
    }
    if (tokens.size() != 1 || challenges.size() != 1 || !isOurs(tokens.getFirst())) {
      throw WebhookException.refused("a test of the webhook address without the right token");
    }
    JsonObject answer = JsonObject.empty().text("challenge", challenges.getFirst());
    return Optional.of(WebhookReply.json(200, answer.json()));
  }

  private boolean isOurs(String token) {
    return !token.isEmpty()
        && state.read(TOKEN).filter(known -> known.equals(Secret.of(token))).isPresent();
  }
}
