package io.cloudconnector.core;

import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.core.TokenReply.Granted;
import io.cloudconnector.core.TokenReply.Refused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The vendor's token endpoint. Only a JSON answer of status 2xx, 400 or 401 is a decision of the
 * vendor's; all else (a proxy's page, an outage, half an answer) decides nothing.
 */
final class TokenEndpoint {
  private static final Set<String> ESSENTIAL =
      Set.of("access_token", "refresh_token", "token_type");

  /** RFC 6749 appendix A.12 and A.17. */
  private static final Pattern TOKEN = Pattern.compile("[\\x20-\\x7e]+");

  private final URI uri;
  private final OAuthClient client;
  private final OAuthQuirks quirks;
  private final InstantSource clock;

  TokenEndpoint(URI uri, OAuthClient client, OAuthQuirks quirks, InstantSource clock) {
    this.uri = uri;
    this.client = client;
    this.quirks = quirks;
    this.clock = clock;
  }

  /**
   * Asks for tokens.
   *
   * @throws RateLimitException on 429
   * @throws VendorApiException when the vendor decided nothing
   */
  TokenReply ask(VendorHttp http, AuthorizationGrant grant, Map<String, String> more) {
    TokenRequest.Builder request = new TokenRequest.Builder(uri, client.authentication(), grant);
    quirks.tokenParameters.forEach(request::customParameter);
    more.forEach(request::customParameter);
    HttpReply reply = client.send(http, request.build());
    return switch (reply.status() / 100 == 2 ? 200 : reply.status()) {
      case 200 -> success(reply);
      case 400, 401 -> error(reply);
      default -> throw undecided(reply);
    };
  }

  private TokenReply success(HttpReply reply) {
    try {
      Json whole = Json.parse(reply.body());
      Optional<String> failure =
          quirks.success.flatMap(good -> good.missedBy(whole.at(good.pointer()).id()));
      return failure.isPresent() ? Refused.with(failure.get()) : granted(whole, reply);
    } catch (JsonException unusable) {
      throw unusable(String.valueOf(unusable.getMessage()));
    }
  }

  private TokenReply error(HttpReply reply) {
    try {
      return Json.parse(reply.body())
          .find("/error")
          .filter(Json::isText)
          .map(error -> Refused.with(error.text()))
          .orElseThrow(() -> undecided(reply));
    } catch (JsonException notTheVendors) {
      throw undecided(reply);
    }
  }

  private Granted granted(Json whole, HttpReply reply) {
    Json fields = whole.at(quirks.replyAt);
    byte[] slice = JsonSlices.slice(reply.body(), quirks.replyAt).orElseThrow();
    Tokens tokens = parse(new String(slice, StandardCharsets.UTF_8));
    return new Granted(
        fields,
        token(tokens.getAccessToken().getValue()),
        Optional.ofNullable(tokens.getRefreshToken()).map(refresh -> token(refresh.getValue())));
  }

  private Tokens parse(String json) {
    try {
      var fields = JSONObjectUtils.parse(json);
      // What else stands there must not cost us tokens that may already have replaced ours.
      fields.keySet().retainAll(ESSENTIAL);
      fields.values().removeIf(value -> value == null || "".equals(value));
      fields.putIfAbsent("token_type", "Bearer");
      TokenResponse parsed = TokenResponse.parse(fields);
      if (parsed.indicatesSuccess()) {
        return parsed.toSuccessResponse().getTokens();
      }
    } catch (ParseException mayQuoteTheReply) {
      throw unusable("its fields are not as RFC 6749 has them");
    }
    throw unusable("it holds no access_token");
  }

  private Secret token(String text) {
    if (!TOKEN.matcher(text).matches()) {
      throw unusable("a token holds characters that RFC 6749 does not allow");
    }
    return Secret.of(text);
  }

  private VendorApiException unusable(String why) {
    return new VendorApiException(
        client.config().vendor() + " sent a token reply that cannot be used: " + why, 0);
  }

  private ConnectorException undecided(HttpReply reply) {
    int status = reply.status();
    String told = client.config().vendor() + " answered " + status + " to a token request";
    return status == 429
        ? StatusFault.of(told, reply, List.of(), clock.instant())
        : new VendorApiException(told, status);
  }
}
