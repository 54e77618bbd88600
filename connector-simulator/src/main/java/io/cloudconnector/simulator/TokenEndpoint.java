package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Exchanges codes and refresh tokens for fresh pairs. */
final class TokenEndpoint {
  private static final String BASIC = "Basic ";

  private final SimulatedOAuth oauth;

  TokenEndpoint(SimulatedOAuth oauth) {
    this.oauth = oauth;
  }

  static Set<String> scopes(String text) {
    Set<String> scopes = new LinkedHashSet<>(List.of(text.split(" ")));
    scopes.remove("");
    return scopes;
  }

  SimulatedReply answer(SimulatedRequest request) {
    String type = request.header("content-type").orElse("");
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      return SimulatedOAuth.error(
          400, "invalid_request", "The body must be application/x-www-form-urlencoded.");
    }
    Map<String, String> form = request.form();
    String grantType = form.getOrDefault("grant_type", "");
    if (grantType.equals("refresh_token")) {
      oauth.countRefresh();
    }
    if (!authenticated(request, form)) {
      return SimulatedOAuth.error(401, "invalid_client", "Client authentication failed.");
    }
    return switch (grantType) {
      case "authorization_code" -> exchange(form);
      case "refresh_token" -> refresh(form);
      default ->
          SimulatedOAuth.error(
              400, "unsupported_grant_type", "The grant_type is not supported by this server.");
    };
  }

  private boolean authenticated(SimulatedRequest request, Map<String, String> form) {
    Optional<String> header = request.header("authorization");
    if (header.isPresent()) {
      return oauth.takesBasic() && basic(header.get());
    }
    return oauth.isClient(form.get("client_id"), form.get("client_secret"));
  }

  private boolean basic(String header) {
    if (!header.startsWith(BASIC)) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String[] pair = new String(decoded, UTF_8).split(":", 2);
      return pair.length == 2 && oauth.isClient(FormText.decode(pair[0]), FormText.decode(pair[1]));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private SimulatedReply exchange(Map<String, String> form) {
    String redirect = form.getOrDefault("redirect_uri", "");
    return oauth
        .takeCode(form.getOrDefault("code", ""))
        .filter(code -> code.redirectUri().equals(redirect))
        .filter(code -> verified(code, form))
        .map(code -> granted(oauth.begin(code)))
        .orElseGet(() -> dead("invalid_grant"));
  }

  private static boolean verified(IssuedCode code, Map<String, String> form) {
    return code.challenge()
        .map(challenge -> challenge.isMetBy(form.get("code_verifier")))
        .orElse(true);
  }

  private SimulatedReply refresh(Map<String, String> form) {
    String token = form.getOrDefault("refresh_token", "");
    Set<String> asked = scopes(form.getOrDefault("scope", ""));
    if (oauth.tokens.refreshable(token).filter(g -> !g.scopes.containsAll(asked)).isPresent()) {
      return SimulatedOAuth.error(
          400, "invalid_scope", "The requested scope goes beyond what was granted.");
    }
    return oauth.refresh(token).map(this::granted).orElseGet(() -> dead(oauth.deadTokenError()));
  }

  private static SimulatedReply dead(String error) {
    return SimulatedOAuth.error(
        400,
        error,
        "The provided authorization grant (e.g., authorization code, resource owner credentials)"
            + " or refresh token is invalid, expired, revoked, does not match the redirection URI"
            + " used in the authorization request, or was issued to another client.");
  }

  private SimulatedReply granted(IssuedTokens.Pair pair) {
    JsonText json =
        JsonText.object()
            .text("access_token", pair.access())
            .number("expires_in", oauth.accessLife().toSeconds());
    if (pair.refresh() != null) {
      json.text("refresh_token", pair.refresh());
    }
    json.text("scope", oauth.told(pair.grant().scopes)).text("token_type", "bearer");
    return SimulatedReply.json(200, json.toString()).with("Cache-Control", "no-store");
  }
}
