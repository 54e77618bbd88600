package io.cloudconnector.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page that a person's browser is sent to. A wrong client or redirect address is told to the
 * person; every other fault goes back to the client by redirect, with its {@code state}.
 */
final class ConsentPage {
  private final SimulatedOAuth oauth;

  ConsentPage(SimulatedOAuth oauth) {
    this.oauth = oauth;
  }

  SimulatedReply answer(SimulatedRequest request) {
    if (!oauth.isClient(request.query("client_id").orElse(null))) {
      return page("invalid_client", "There is no client with this client_id.");
    }
    String redirect = request.query("redirect_uri").orElse("");
    if (!allowed(redirect)) {
      return page("invalid_request", "The redirect_uri is not one that the client registered.");
    }
    Map<String, String> outcome = decide(request, redirect);
    request.query("state").ifPresent(state -> outcome.put("state", state));
    char joint = redirect.indexOf('?') < 0 ? '?' : '&';
    return SimulatedReply.redirect(redirect + joint + FormText.write(outcome));
  }

  private Map<String, String> decide(SimulatedRequest request, String redirect) {
    Set<String> asked = TokenEndpoint.scopes(request.query("scope").orElse(""));
    Optional<PkceChallenge> challenge = challenge(request);
    if (!request.query("response_type").orElse("").equals("code")) {
      return error("unsupported_response_type", "The response_type must be code.");
    }
    if (oauth.stateTooShort(request.query("state").orElse(""))) {
      return error(
          "invalid_state",
          "The state is missing or does not have enough characters; at least 8 characters are"
              + " needed.");
    }
    if (!oauth.mayAskFor(asked)) {
      return error("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
    }
    if (challenge.isPresent() && !PkceChallenge.knows(challenge.get().method())) {
      return error("invalid_request", "The code_challenge_method is not supported.");
    }
    if (oauth.takeDenial()) {
      return error("access_denied", "The resource owner denied the request.");
    }
    return oauth
        .consenting()
        .map(account -> consent(account, oauth.granted(asked), redirect, challenge))
        .orElseGet(() -> error("access_denied", "There is no account that could consent."));
  }

  private Map<String, String> consent(
      String account, Set<String> granted, String redirect, Optional<PkceChallenge> challenge) {
    Map<String, String> outcome = new LinkedHashMap<>();
    outcome.put("code", oauth.issueCode(account, granted, redirect, challenge));
    outcome.put("scope", String.join(" ", granted));
    return outcome;
  }

  private static Optional<PkceChallenge> challenge(SimulatedRequest request) {
    String method = request.query("code_challenge_method").orElse("plain");
    return request.query("code_challenge").map(text -> new PkceChallenge(method, text));
  }

  private boolean allowed(String redirect) {
    try {
      return oauth.mayRedirectTo(new URI(redirect));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Map<String, String> error(String error, String description) {
    Map<String, String> outcome = new LinkedHashMap<>();
    outcome.put("error", error);
    outcome.put("error_description", description);
    return outcome;
  }

  private static SimulatedReply page(String error, String description) {
    return SimulatedReply.html(
        400, "<html><body><h1>" + error + "</h1><p>" + description + "</p></body></html>");
  }
}
