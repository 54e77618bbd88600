package io.cloudconnector.core;

import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Token;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.TokenException;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** Ends grants at the vendor's {@code revoke} address, in one of three ways. */
record OAuthRevocation(Way way, URI address, OAuthClient client, ConnectorContext context) {
  /** How a vendor wants to be asked. */
  sealed interface Way {
    /** By the access token as {@code Bearer}. */
    record ByCall(String method) implements Way {}

    /** By the access token in the query. */
    record ByQuery(String method, String parameter) implements Way {}

    /** RFC 7009. */
    record ByRfc7009() implements Way {}
  }

  Revoked end(Connection connection) {
    try {
      return switch (way) {
        case Way.ByCall(String method) -> byToken(connection, token -> bearer(method, token));
        case Way.ByQuery(String method, String parameter) ->
            byToken(connection, token -> HttpCall.of(method, address).query(parameter, token));
        case Way.ByRfc7009() -> byRfc7009(connection);
      };
    } catch (TokenException nothingLeft) {
      // Without usable credentials there is nothing with which the vendor could be asked.
      return Revoked.done();
    }
  }

  private HttpCall bearer(String method, String token) {
    return HttpCall.of(method, address).header("Authorization", "Bearer " + token);
  }

  private Revoked byToken(Connection connection, Function<String, HttpCall> asking) {
    Credentials credentials = connection.credentials();
    HttpReply reply = send(connection, credentials, asking);
    if (reply.status() == 401) {
      reply = send(connection, connection.renewed(credentials), asking);
    }
    return judged(reply, List.of(401, 404));
  }

  private static HttpReply send(
      Connection connection, Credentials credentials, Function<String, HttpCall> asking) {
    return connection.http().send(asking.apply(credentials.accessToken().reveal()));
  }

  private Revoked byRfc7009(Connection connection) {
    Credentials credentials = connection.credentials();
    Token token =
        credentials
            .refreshToken()
            .<Token>map(refresh -> new RefreshToken(refresh.reveal()))
            .orElseGet(() -> new BearerAccessToken(credentials.accessToken().reveal()));
    HttpReply reply =
        client.send(
            connection.http(), new TokenRevocationRequest(address, client.authentication(), token));
    return judged(reply, List.of());
  }

  private Revoked judged(HttpReply reply, List<Integer> endedBefore) {
    int status = reply.status();
    if (status / 100 == 2 || endedBefore.contains(status)) {
      return Revoked.done();
    }
    String told = context.config().vendor() + " answered " + status + " to a revocation";
    throw StatusFault.of(told, reply, List.of(), context.clock().instant());
  }
}
