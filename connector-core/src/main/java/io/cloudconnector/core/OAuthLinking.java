package io.cloudconnector.core;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.core.TokenReply.Granted;
import io.cloudconnector.core.TokenReply.Refused;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** OAuth 2.0 with one vendor's quirks. */
final class OAuthLinking implements Linking {
  /** A token this close to its end is not worth another call. */
  private static final Duration ENDING = Duration.ofMinutes(1);

  private final ConnectorContext context;
  private final OAuthQuirks quirks;
  private final OAuthClient client;
  private final URI consentPage;
  private final TokenEndpoint tokens;
  private final OAuthAccount account;
  private final Optional<OAuthRevocation> revocation;

  OAuthLinking(ConnectorContext context, OAuthQuirks quirks) {
    Endpoints endpoints = Endpoints.of(context.config());
    this.context = context;
    this.quirks = quirks;
    this.client = new OAuthClient(context.config(), quirks.basic);
    this.consentPage = endpoints.named("auth");
    this.tokens = new TokenEndpoint(endpoints.named("token"), client, quirks, context.clock());
    this.account = new OAuthAccount(context, endpoints, quirks);
    this.revocation =
        quirks.revocation.map(
            way -> new OAuthRevocation(way, endpoints.named("revoke"), client, context));
  }

  @Override
  public LinkStep begin(LinkRequest request) {
    AuthorizationRequest.Builder consent =
        new AuthorizationRequest.Builder(ResponseType.CODE, client.id())
            .redirectionURI(request.redirectUri())
            .state(new State(request.state()));
    if (!context.config().scopes().isEmpty()) {
      // Nimbus joins by a space; the names joined by us are one value to it.
      String joined = String.join(quirks.scopeSeparator, new TreeSet<>(context.config().scopes()));
      consent.scope(new Scope(joined));
    }
    if (quirks.pkce) {
      consent.codeChallenge(new CodeVerifier(request.codeVerifier()), CodeChallengeMethod.S256);
    }
    quirks.authorizeParameters.forEach(consent::customParameter);
    return LinkStep.redirect(asked(consent.build()));
  }

  /** A query that the page's address already has stays as the operator wrote it. */
  private URI asked(AuthorizationRequest consent) {
    String joint = consentPage.getRawQuery() == null ? "?" : "&";
    return URI.create(consentPage + joint + URLUtils.serializeParameters(consent.toParameters()));
  }

  @Override
  public Linked complete(LinkRequest request, LinkAnswer answer) {
    Optional<String> denied = answer.parameter("error");
    if (denied.isPresent()) {
      throw refused("did not grant access", Refused.with(denied.get()));
    }
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            code(answer),
            request.redirectUri(),
            quirks.pkce ? new CodeVerifier(request.codeVerifier()) : null);
    return switch (tokens.ask(request.http(), grant, Map.of())) {
      case Granted granted -> linked(request, granted);
      case Refused refused -> throw refused("refused the authorization code", refused);
    };
  }

  private AuthorizationCode code(LinkAnswer answer) {
    return answer
        .parameter("code")
        .filter(code -> !code.isBlank())
        .map(AuthorizationCode::new)
        .orElseThrow(
            () -> new OAuthException(vendor() + " sent the person back without a code or error"));
  }

  private Linked linked(LinkRequest request, Granted granted) {
    Linked linked =
        Linked.with(granted.credentials(now())).accountIds(account.of(granted, request.http()));
    return granted.scopes(quirks).map(linked::granted).orElse(linked);
  }

  @Override
  public Set<String> accountIds(Connection connection) {
    return account.of(connection);
  }

  @Override
  public Refreshed refresh(RefreshRequest request) {
    Optional<Secret> token = request.current().refreshToken();
    if (token.isEmpty()) {
      return unrenewable(request.current());
    }
    RefreshTokenGrant grant = new RefreshTokenGrant(new RefreshToken(token.get().reveal()));
    return switch (tokens.ask(request.http(), grant, quirks.refreshParameters)) {
      case Granted granted -> renewed(request.current(), granted);
      case Refused refused when quirks.deadOn.contains(refused.error()) ->
          Refreshed.dead(refused.error());
      case Refused refused -> throw refused("refused to refresh", refused);
    };
  }

  /**
   * The vendor gave no refresh token: the grant ends when its access token does, by the vendor's
   * own word. One 401 to a token that has no end proves nothing.
   */
  private Refreshed unrenewable(Credentials current) {
    if (current.accessUntil().filter(end -> !end.isAfter(now().plus(ENDING))).isPresent()) {
      return Refreshed.dead("no_refresh_token");
    }
    throw new TokenException(
        vendor() + " gave no refresh token; the access token cannot be renewed");
  }

  private Refreshed renewed(Credentials old, Granted granted) {
    Credentials fresh = granted.credentials(now());
    for (Map.Entry<String, String> extra : old.extra().entrySet()) {
      fresh = fresh.extra(extra.getKey(), extra.getValue());
    }
    if (granted.refresh().isEmpty()) {
      fresh = keepingRefresh(fresh, old);
    }
    Credentials renewed = fresh;
    // RFC 6749 6: a scope in the request narrows the token, so the reply tells nothing of the
    // grant.
    Optional<List<String>> scopes =
        quirks.refreshParameters.containsKey("scope") ? Optional.empty() : granted.scopes(quirks);
    return scopes
        .map(names -> Refreshed.renewed(renewed, names))
        .orElseGet(() -> Refreshed.renewed(renewed));
  }

  private static Credentials keepingRefresh(Credentials fresh, Credentials old) {
    Credentials kept = old.refreshToken().map(fresh::refresh).orElse(fresh);
    return old.refreshUntil().map(kept::refreshUntil).orElse(kept);
  }

  @Override
  public Revoked revoke(Connection connection) {
    return revocation.map(way -> way.end(connection)).orElseGet(Revoked::notSupported);
  }

  private OAuthException refused(String what, Refused refused) {
    return new OAuthException(vendor() + " " + what + refused.words(), refused.error());
  }

  private String vendor() {
    return context.config().vendor().name();
  }

  private Instant now() {
    return context.clock().instant();
  }
}
