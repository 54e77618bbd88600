package io.cloudconnector.core;

import static io.cloudconnector.core.TestVendor.CLIENT_SECRET;
import static io.cloudconnector.core.TestVendor.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloudconnector.api.Linked;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.VendorServer.Answer;
import io.cloudconnector.core.VendorServer.Seen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthExchangeTest {
  private static final String TOKENS =
      """
      {"access_token":"new-access","refresh_token":"new-refresh","token_type":"bearer",
       "expires_in":3600,"scope":"read:sleep offline"}""";

  private final TestVendor vendor = new TestVendor();

  @AfterEach
  void close() {
    vendor.close();
  }

  @Test
  void passesOnThatThePersonRefused() {
    assertThatThrownBy(() -> complete(OAuth.code(), Map.of("error", "access_denied")))
        .isInstanceOfSatisfying(
            OAuthException.class, e -> assertThat(e.error()).contains("access_denied"))
        .hasMessage("acme did not grant access: access_denied");
    assertThat(vendor.server.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>alert(1)</script>", "code 42", "", "a\nb", "ACCESS-TOKEN-xyz"})
  void neverRepeatsAnErrorCodeThatLooksLikeNone(String error) {
    assertThatThrownBy(() -> complete(OAuth.code(), Map.of("error", error)))
        .isInstanceOfSatisfying(OAuthException.class, e -> assertThat(e.error()).isEmpty())
        .hasMessage("acme did not grant access without a readable error code");
  }

  @Test
  void needsACode() {
    assertThatThrownBy(() -> complete(OAuth.code(), Map.of("state", "x")))
        .isInstanceOf(OAuthException.class)
        .hasMessage("acme sent the person back without a code or error");
    assertThatThrownBy(() -> complete(OAuth.code(), Map.of("code", " ")))
        .isInstanceOf(OAuthException.class);
  }

  @Test
  void passesOnThatTheCodeWasRefused() {
    vendor.server.answer(
        "/token",
        Answer.json(
            400, "{\"error\":\"invalid_grant\",\"error_description\":\"the-code is old\"}"));
    assertThatThrownBy(() -> exchange(OAuth.code()))
        .isInstanceOfSatisfying(
            OAuthException.class, e -> assertThat(e.error()).contains("invalid_grant"))
        .hasMessage("acme refused the authorization code: invalid_grant");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 403, 404, 500, 503})
  void takesAPageOfAnotherStatusForNoDecision(int status) {
    vendor.server.answer("/token", Answer.html(status));
    assertThatThrownBy(() -> exchange(OAuth.code()))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(status))
        .hasMessage("acme answered " + status + " to a token request");
  }

  @Test
  void waitsAsLongAsTheTokenEndpointAsks() {
    vendor.server.answer("/token", Answer.status(429).header("Retry-After", "17"));
    assertThatThrownBy(() -> exchange(OAuth.code()))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(17)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"new-acc",
        "",
        "[]",
        "\"new-access\"",
        "{}",
        "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
        "{\"access_token\":17,\"token_type\":\"bearer\"}",
        "{\"access_token\":\"new-access\",\"token_type\":\"mac\"}",
        "{\"access_token\":\"new-access\\r\\nX: y\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"new-access\",\"refresh_token\":{\"a\":\"new-refresh\"}}",
        "{\"error\":\"invalid_grant\"}"
      })
  void cannotUseASuccessWithoutTokens(String body) {
    vendor.server.answer("/token", Answer.json(200, body));
    Throwable thrown = catchThrowable(() -> exchange(OAuth.code()));
    assertThat(thrown)
        .isInstanceOfSatisfying(VendorApiException.class, e -> assertThat(e.statusCode()).isZero())
        .hasMessageStartingWith("acme sent a token reply that cannot be used: ");
    assertThat(everythingSaid(thrown)).doesNotContain("new-", "the-code", CLIENT_SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_token\":\"a\"}",
        "{\"access_token\":\"a\",\"token_type\":null,\"refresh_token\":null}",
        "{\"access_token\":\"a\",\"token_type\":\"\",\"refresh_token\":\"\"}",
        "{\"access_token\":\"a\",\"token_type\":\"BEARER\",\"id_token\":17,\"scope\":[],\"x\":{}}",
        "{\"access_token\":\"a\",\"expires_in\":\"soon\",\"refresh_token_expires_in\":-1}"
      })
  void doesNotDropTokensForWhatElseIsWrongWithAReply(String body) {
    Linked linked = exchange(OAuth.code(), body);
    assertThat(linked.credentials().accessToken().reveal()).isEqualTo("a");
    assertThat(linked.credentials().refreshToken()).isEmpty();
  }

  @Test
  void findsTheErrorInsideASuccess() {
    OAuth oauth = OAuth.code().failsUnless("/status", "0").replyAt("/body");
    vendor.server.answer("/token", Answer.json(200, "{\"status\":503,\"body\":{}}"));
    assertThatThrownBy(() -> exchange(oauth))
        .isInstanceOfSatisfying(OAuthException.class, e -> assertThat(e.error()).contains("503"));
  }

  @Test
  void unwrapsAReply() {
    OAuth oauth =
        OAuth.code()
            .failsUnless("/status", "0")
            .replyAt("/body")
            .scopeSeparator(",")
            .tokenParameter("action", "requesttoken")
            .accountFromToken("/userid");
    vendor.server.answer(
        "/token",
        Answer.json(
            200,
            """
            {"status":0,"body":{"userid":12345678901234567890,"access_token":"a","refresh_token":"r",
             "expires_in":10800,"scope":"user.info,user.metrics","token_type":"Bearer"}}"""));
    Linked linked = exchange(oauth);
    assertThat(vendor.server.only().form()).containsEntry("action", "requesttoken");
    assertThat(linked.accountIds()).containsExactly("12345678901234567890");
    assertThat(linked.granted().orElseThrow())
        .containsExactlyInAnyOrder("user.info", "user.metrics");
    assertThat(linked.credentials().accessToken()).isEqualTo(Secret.of("a"));
  }

  @Test
  void sendsTheClientInTheForm() {
    Linked linked = exchange(OAuth.code(), TOKENS);
    Seen seen = vendor.server.only();
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.headers())
        .containsEntry("Content-type", "application/x-www-form-urlencoded")
        .containsEntry("Accept", "application/json")
        .doesNotContainKey("Authorization");
    assertThat(seen.form())
        .isEqualTo(
            Map.of(
                "grant_type", "authorization_code",
                "code", "the-code+/=",
                "redirect_uri", "https://connect.example.com/oauth/acme/callback?a=1&b=2",
                "client_id", "client id",
                "client_secret", CLIENT_SECRET));
    assertThat(linked.credentials().accessToken()).isEqualTo(Secret.of("new-access"));
    assertThat(linked.credentials().refreshToken()).contains(Secret.of("new-refresh"));
    assertThat(linked.credentials().accessUntil()).contains(NOW.plusSeconds(3600));
    assertThat(linked.granted().orElseThrow()).containsExactlyInAnyOrder("read:sleep", "offline");
    assertThat(linked.accountIds()).isEmpty();
  }

  @Test
  void sendsTheClientInTheHeader() {
    exchange(OAuth.code().clientSecretBasic(), TOKENS);
    Seen seen = vendor.server.only();
    assertThat(seen.form()).doesNotContainKeys("client_id", "client_secret");
    String pair = encoded("client id") + ":" + encoded(CLIENT_SECRET);
    assertThat(seen.headers())
        .containsEntry(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void sendsTheVerifierOnlyWithPkce() {
    exchange(OAuth.code().pkce(), TOKENS);
    assertThat(vendor.server.only().form())
        .containsEntry("code_verifier", TestVendor.Attempt.VERIFIER);
  }

  @Test
  void keepsRefreshParametersToRefreshes() {
    exchange(OAuth.code().refreshParameter("scope", "offline"), TOKENS);
    assertThat(vendor.server.only().form()).doesNotContainKey("scope");
  }

  @Test
  void takesATextForALifetime() {
    assertThat(exchange(OAuth.code(), lifetime("\"7200\"")).credentials().accessUntil())
        .contains(NOW.plusSeconds(7200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "0",
        "null",
        "\"soon\"",
        "\"\"",
        "3600.5",
        "1e999999999",
        "99999999999999999999",
        "{}"
      })
  void knowsNoEndWithoutAUsableLifetime(String value) {
    Linked linked = exchange(OAuth.code(), lifetime(value));
    assertThat(linked.credentials().accessUntil()).isEmpty();
    assertThat(linked.credentials().accessToken()).isEqualTo(Secret.of("a"));
  }

  @Test
  void linksWithoutRefreshTokenScopeOrLifetime() {
    Linked linked = exchange(OAuth.code(), "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}");
    assertThat(linked.credentials().refreshToken()).isEmpty();
    assertThat(linked.credentials().accessUntil()).isEmpty();
    assertThat(linked.granted()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\" \"", "[\"read:sleep\"]", "7"})
  void doesNotGuessScopes(String scope) {
    Linked linked = exchange(OAuth.code(), "{\"access_token\":\"a\",\"scope\":" + scope + "}");
    assertThat(linked.granted()).isEmpty();
  }

  @Test
  void normalisesScopeNames() {
    OAuth oauth = OAuth.code().scopeNames(name -> name.replaceFirst("^extapi:", ""));
    Linked linked =
        exchange(
            oauth, "{\"access_token\":\"a\",\"scope\":\"extapi:daily  workout extapi:daily\"}");
    assertThat(linked.granted().orElseThrow()).containsExactlyInAnyOrder("daily", "workout");
  }

  @Test
  void tellsAScopeUnderEveryNameItGoesBy() {
    OAuth oauth =
        OAuth.code()
            .scopeAliases(
                name -> name.equals("spo2") ? List.of("spo2", "spo2Daily") : List.of(name));
    Linked linked = exchange(oauth, "{\"access_token\":\"a\",\"scope\":\"daily spo2\"}");
    assertThat(linked.granted().orElseThrow())
        .containsExactlyInAnyOrder("daily", "spo2", "spo2Daily");
  }

  @Test
  void needsTheAccountThatTheTokenReplyShouldName() {
    assertThatThrownBy(() -> exchange(OAuth.code().accountFromToken("/user_id"), TOKENS))
        .isInstanceOf(VendorApiException.class)
        .hasMessage("acme does not say whose account it is: JSON without '/user_id'");
  }

  @Test
  void asksForTheAccountWithTheNewToken() {
    vendor.server.answer("/api/v2/me", Answer.json(200, "{\"user\":{\"id\":9007199254740993}}"));
    Linked linked = exchange(OAuth.code().accountFrom("/v2/me", "/user/id"), TOKENS);
    assertThat(linked.accountIds()).containsExactly("9007199254740993");
    Seen seen = vendor.server.seen().getLast();
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.headers()).containsEntry("Authorization", "Bearer new-access");
  }

  @Test
  void tellsWhyTheAccountIsNotKnown() {
    OAuth oauth = OAuth.code().accountFrom("/me", "/id");
    vendor.server.answer("/api/me", Answer.status(403));
    assertThatThrownBy(() -> exchange(oauth, TOKENS))
        .isInstanceOf(OAuthException.class)
        .hasMessage("acme answered 403 when asked whose account it is");
    vendor.server.answer("/api/me", Answer.html(502));
    assertThatThrownBy(() -> exchange(oauth, TOKENS)).isInstanceOf(VendorApiException.class);
    vendor.server.answer("/api/me", Answer.html(200));
    assertThatThrownBy(() -> exchange(oauth, TOKENS)).isInstanceOf(VendorApiException.class);
  }

  @Test
  void findsTheAccountOfAConnectionAgain() {
    vendor.server.answer("/api/me", Answer.json(200, "{\"id\":\"u-1\"}"));
    TestVendor.Link link = vendor.link(exchange(OAuth.code(), TOKENS).credentials());
    assertThat(OAuth.code().accountFrom("/me", "/id").bind(vendor).accountIds(link))
        .containsExactlyInAnyOrder("known", "u-1");
  }

  @Test
  void showsNoSecretOfAFinishedLink() {
    Linked linked = exchange(OAuth.code(), TOKENS);
    assertThat(linked + " " + linked.credentials()).doesNotContain("new-");
  }

  private Linked exchange(OAuth oauth, String reply) {
    vendor.server.answer("/token", Answer.json(200, reply));
    return exchange(oauth);
  }

  private Linked exchange(OAuth oauth) {
    return complete(oauth, Map.of("code", "the-code+/=", "state", TestVendor.Attempt.STATE));
  }

  private Linked complete(OAuth oauth, Map<String, String> callback) {
    return oauth.bind(vendor).complete(vendor.attempt(), TestVendor.answer(callback));
  }

  private static String lifetime(String value) {
    return "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"expires_in\":" + value + "}";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String everythingSaid(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
