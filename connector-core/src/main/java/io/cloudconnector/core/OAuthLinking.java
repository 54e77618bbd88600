package io.cloudconnector.core;

import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** OAuth 2.0 with one vendor's quirks. */
final class OAuthLinking implements Linking {
  private final ConnectorContext context;
  private final OAuthQuirks quirks;
  private final OAuthClient client;
  private final Endpoints endpoints;

  OAuthLinking(ConnectorContext context, OAuthQuirks quirks) {
    this.context = context;
    this.quirks = quirks;
    this.client = new OAuthClient(context.config(), quirks.basic);
    this.endpoints = Endpoints.of(context.config());
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
    return LinkStep.redirect(consentPage(consent.build()));
  }

  /** A query that the endpoint already has stays as the operator wrote it. */
  private URI consentPage(AuthorizationRequest consent) {
    URI page = endpoints.named("auth");
    String joint = page.getRawQuery() == null ? "?" : "&";
    return URI.create(page + joint + URLUtils.serializeParameters(consent.toParameters()));
  }

  @Override
  public Linked complete(LinkRequest request, LinkAnswer answer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Refreshed refresh(RefreshRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Revoked revoke(Connection connection) {
    if (quirks.revocation.isEmpty()) {
      return Revoked.notSupported();
    }
    try {
      return quirks.revocation.get().end(this, connection);
    } catch (TokenException nothingLeft) {
      // Without usable credentials there is nothing with which the vendor could be asked.
      return Revoked.done();
    }
  }

  Revoked revokeByCall(Connection connection, String method) {
    Credentials credentials = connection.credentials();
    HttpReply reply = revokeWith(connection, method, credentials);
    boolean renew = reply.status() == 401;
    if (renew) {
      reply = revokeWith(connection, method, connection.renewed(credentials));
    }
    return revoked(reply, List.of(401, 404));
  }

  private HttpReply revokeWith(Connection connection, String method, Credentials credentials) {
    return connection
        .http()
        .send(
            HttpCall.of(method, endpoints.named("revoke"))
                .header("Authorization", "Bearer " + credentials.accessToken().reveal()));
  }

  Revoked revokeToken(Connection connection) {
    Credentials credentials = connection.credentials();
    Token token =
        credentials
            .refreshToken()
            .<Token>map(refresh -> new RefreshToken(refresh.reveal()))
            .orElseGet(() -> new BearerAccessToken(credentials.accessToken().reveal()));
    TokenRevocationRequest request =
        new TokenRevocationRequest(endpoints.named("revoke"), client.authentication(), token);
    return revoked(client.send(connection.http(), request), List.of());
  }

  private Revoked revoked(HttpReply reply, List<Integer> alreadyEnded) {
    int status = reply.status();
    if (status / 100 == 2 || alreadyEnded.contains(status)) {
      return Revoked.done();
    }
    String told = context.config().vendor() + " answered " + status + " to a revocation";
    Instant now = context.clock().instant();
    if (status == 429) {
      throw RetryAfter.limited(told, reply, List.of(), now);
    }
    throw new VendorApiException(told, status);
  }
}
