package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SimulatedOAuthTest {
  // The example pair of RFC 7636, appendix B.
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final TestClock clock = new TestClock();
  private final SimulatedServer server = new SimulatedServer(clock);
  private final SimulatedOAuth oauth = new SimulatedOAuth("app", "the secret", clock);
  private final TestClient client = new TestClient();

  @BeforeEach
  void open() {
    oauth.mount(server, "/auth", "/token");
    oauth.addAccount("anna");
    server.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private Map<String, String> consent(String... more) throws IOException {
    Map<String, String> query = TestClient.consentQuery("app", "read write");
    for (int i = 0; i < more.length; i += 2) {
      query.put(more[i], more[i + 1]);
    }
    return client.consent(server.url("/auth"), query);
  }

  private HttpResponse<byte[]> exchange(String code, String... more) throws IOException {
    Map<String, String> form = form("authorization_code");
    form.put("code", code);
    form.put("redirect_uri", TestClient.CALLBACK.toString());
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return client.post(server.url("/token"), form);
  }

  private HttpResponse<byte[]> refresh(String token) throws IOException {
    Map<String, String> form = form("refresh_token");
    form.put("refresh_token", token);
    return client.post(server.url("/token"), form);
  }

  private static Map<String, String> form(String grantType) {
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", grantType);
    form.put("client_id", "app");
    form.put("client_secret", "the secret");
    return form;
  }

  private String code() throws IOException {
    return consent().getOrDefault("code", "");
  }

  private JsonNode link() throws IOException {
    return TestClient.json(exchange(code()));
  }

  private static String access(JsonNode pair) {
    return pair.path("access_token").asString();
  }

  private static String refreshToken(JsonNode pair) {
    return pair.path("refresh_token").asString();
  }

  private static void assertError(HttpResponse<byte[]> answer, int status, String error) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(TestClient.json(answer).path("error").asString()).isEqualTo(error);
    assertThat(TestClient.json(answer).path("error_description").asString()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({"client_id, other", "redirect_uri, no address", "redirect_uri, relative"})
  void tellsThePersonAndRedirectsNobodyWhenTheClientIsNotRight(String name, String value)
      throws IOException {
    Map<String, String> query = TestClient.consentQuery("app", "read");
    query.put(name, value);
    URI url = URI.create(server.url("/auth") + "?" + FormText.write(query));
    HttpResponse<byte[]> answer = client.get(url);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void redirectsOnlyToRegisteredAddresses() throws IOException {
    oauth.registerRedirect(URI.create("https://elsewhere.example.com/"));
    Map<String, String> query = TestClient.consentQuery("app", "read");
    URI url = URI.create(server.url("/auth") + "?" + FormText.write(query));
    assertThat(client.get(url).statusCode()).isEqualTo(400);
    oauth.registerRedirect(TestClient.CALLBACK);
    assertThat(client.get(url).statusCode()).isEqualTo(302);
  }

  @ParameterizedTest
  @CsvSource({
    "response_type, token, unsupported_response_type",
    "scope, more, invalid_scope",
    "state, short, invalid_state"
  })
  void sendsOtherFaultsBackToTheClient(String name, String value, String error) throws IOException {
    oauth.scopes(Set.of("read", "write")).shortestState(8);
    Map<String, String> answer = consent(name, value);
    assertThat(answer).containsEntry("error", error).doesNotContainKey("code");
    assertThat(answer).containsKey("state");
  }

  @Test
  void deniesOnceWhenToldTo() throws IOException {
    oauth.denyNextConsent();
    assertThat(consent()).containsEntry("error", "access_denied");
    assertThat(consent()).containsKey("code").containsEntry("state", "a-long-enough-state");
  }

  @Test
  void keepsTheQueryOfTheRedirectAddress() throws IOException {
    assertThat(consent("redirect_uri", TestClient.CALLBACK + "?a=b"))
        .containsEntry("a", "b")
        .containsKey("code");
  }

  @Test
  void aCodeWorksOnceAndAnswersWithTokens() throws IOException {
    String code = code();
    HttpResponse<byte[]> answer = exchange(code);
    JsonNode pair = TestClient.json(answer);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(pair.path("expires_in").asInt()).isEqualTo(3600);
    assertThat(pair.path("token_type").asString()).isEqualTo("bearer");
    assertThat(pair.path("scope").asString()).isEqualTo("read write");
    assertThat(oauth.holder(access(pair)))
        .contains(new SimulatedOAuth.Holder("anna", Set.of("read", "write")));
    assertThat(oauth.linked("anna")).isTrue();
    assertError(exchange(code), 400, "invalid_grant");
  }

  @Test
  void aCodeExpires() throws IOException {
    oauth.codeLife(Duration.ofMinutes(1));
    String code = code();
    clock.advance(Duration.ofMinutes(1));
    assertError(exchange(code), 400, "invalid_grant");
  }

  @Test
  void aCodeNeedsTheSameRedirectAddress() throws IOException {
    assertError(
        exchange(code(), "redirect_uri", "https://other.example.com/"), 400, "invalid_grant");
  }

  @ParameterizedTest
  @CsvSource({"client_id, other", "client_secret, wrong", "client_secret, ''"})
  void wrongCredentialsAre401(String name, String value) throws IOException {
    assertError(exchange(code(), name, value), 401, "invalid_client");
  }

  @Test
  void basicCredentialsWorkOnlyWhereAccepted() throws IOException {
    String pair = Base64.getEncoder().encodeToString("app:the+secret".getBytes(UTF_8));
    Map<String, String> form = form("refresh_token");
    form.remove("client_secret");
    form.put("refresh_token", refreshToken(link()));
    HttpRequest.Builder request =
        TestClient.formRequest(server.url("/token"), form).header("Authorization", "Basic " + pair);
    assertError(client.send(request), 401, "invalid_client");
    oauth.acceptBasic(true);
    assertThat(client.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void brokenBasicCredentialsAre401() throws IOException {
    oauth.acceptBasic(true);
    for (String header : List.of("Basic ???", "Basic YXBw", "Bearer x")) {
      HttpRequest.Builder request =
          TestClient.formRequest(server.url("/token"), form("refresh_token"))
              .header("Authorization", header);
      assertError(client.send(request), 401, "invalid_client");
    }
  }

  @Test
  void anotherBodyTypeOrGrantTypeIsRefused() throws IOException {
    HttpRequest.Builder json =
        HttpRequest.newBuilder(server.url("/token"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"));
    assertError(client.send(json), 400, "invalid_request");
    assertError(client.post(server.url("/token"), form("password")), 400, "unsupported_grant_type");
  }

  @ParameterizedTest
  @CsvSource({"S256, " + CHALLENGE, "plain, " + VERIFIER})
  void aChallengeMustBeMet(String method, String challenge) throws IOException {
    String[] query = {"code_challenge", challenge, "code_challenge_method", method};
    String without = consent(query).getOrDefault("code", "");
    assertError(exchange(without), 400, "invalid_grant");
    String wrong = consent(query).getOrDefault("code", "");
    assertError(exchange(wrong, "code_verifier", VERIFIER + "x"), 400, "invalid_grant");
    String right = consent(query).getOrDefault("code", "");
    assertThat(exchange(right, "code_verifier", VERIFIER).statusCode()).isEqualTo(200);
  }

  @Test
  void anUnknownChallengeMethodIsRefused() throws IOException {
    assertThat(consent("code_challenge", "x", "code_challenge_method", "S1024"))
        .containsEntry("error", "invalid_request");
  }

  @Test
  void aRefreshEndsTheOldPairAtOnce() throws IOException {
    JsonNode old = link();
    JsonNode fresh = TestClient.json(refresh(refreshToken(old)));
    assertThat(oauth.holder(access(old))).isEmpty();
    assertThat(oauth.holder(access(fresh))).isPresent();
    assertError(refresh(refreshToken(old)), 400, "invalid_grant");
    assertThat(refresh(refreshToken(fresh)).statusCode()).isEqualTo(200);
    assertThat(oauth.refreshCalls()).isEqualTo(3);
    assertThat(oauth.tokensIssued()).isEqualTo(3);
    assertThat(oauth.liveAccessTokens()).isEqualTo(1);
    assertThat(oauth.liveRefreshTokens()).isEqualTo(1);
  }

  @Test
  void theOldAccessTokenMayLiveOn() throws IOException {
    oauth.oldAccessTokenDies(false);
    JsonNode old = link();
    refresh(refreshToken(old));
    assertThat(oauth.holder(access(old))).isPresent();
    assertThat(oauth.liveAccessTokens()).isEqualTo(2);
  }

  @Test
  void reuseOfARefreshTokenMayEndTheGrant() throws IOException {
    oauth.reuseEndsGrant(true);
    JsonNode old = link();
    JsonNode fresh = TestClient.json(refresh(refreshToken(old)));
    assertError(refresh(refreshToken(old)), 400, "invalid_grant");
    assertError(refresh(refreshToken(fresh)), 400, "invalid_grant");
    assertThat(oauth.linked("anna")).isFalse();
  }

  @Test
  void ofManyRefreshesAtOnceExactlyOneWins() throws Exception {
    String token = refreshToken(link());
    List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      statuses.add(refresh(token).statusCode());
                    } catch (IOException e) {
                      statuses.add(0);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(statuses).containsOnlyOnce(200).hasSize(8);
    assertThat(statuses.stream().filter(status -> status == 400)).hasSize(7);
  }

  @Test
  void aRefreshCannotWidenTheScopes() throws IOException {
    Map<String, String> form = form("refresh_token");
    form.put("refresh_token", refreshToken(link()));
    form.put("scope", "read admin");
    assertError(client.post(server.url("/token"), form), 400, "invalid_scope");
    form.put("scope", "read");
    assertThat(client.post(server.url("/token"), form).statusCode()).isEqualTo(200);
  }

  @Test
  void aPersonMayGrantOtherScopesThanAskedForAndTheAnswerMayPrefixThem() throws IOException {
    oauth.granting(asked -> Set.of("read")).tellScopesWith("x:");
    Map<String, String> answer = consent();
    assertThat(answer).containsEntry("scope", "read");
    JsonNode pair = TestClient.json(exchange(answer.getOrDefault("code", "")));
    assertThat(pair.path("scope").asString()).isEqualTo("x:read");
    assertThat(oauth.holder(pair.path("access_token").asString()).orElseThrow().scopes())
        .containsExactly("read");
  }

  @Test
  void aDeadRefreshTokenMayHaveAnotherNameWhileADeadCodeKeepsItsOwn() throws IOException {
    oauth.deadRefreshTokenIs("invalid_request");
    assertError(refresh("invented"), 400, "invalid_request");
    assertError(exchange("invented"), 400, "invalid_grant");
  }

  @Test
  void aRefreshTokenTellsWhoseItIsUntilItIsSpent() throws IOException {
    JsonNode pair = TestClient.json(exchange(code()));
    String token = pair.path("refresh_token").asString();
    assertThat(oauth.refreshTokenHolder(token))
        .contains(new SimulatedOAuth.Holder("anna", Set.of("read", "write")));
    assertThat(refresh(token).statusCode()).isEqualTo(200);
    assertThat(oauth.refreshTokenHolder(token)).isEmpty();
  }

  @Test
  void accessTokensLiveAsLongAsTold() throws IOException {
    oauth.accessTokenLife(Duration.ofSeconds(5));
    JsonNode pair = link();
    assertThat(pair.path("expires_in").asInt()).isEqualTo(5);
    clock.advance(Duration.ofSeconds(5));
    assertThat(oauth.holder(access(pair))).isEmpty();
    assertThat(oauth.liveAccessTokens()).isZero();
    assertThat(refresh(refreshToken(pair)).statusCode()).isEqualTo(200);
  }

  @Test
  void aRotationIsUnseenUntilANewTokenIsShown() throws IOException {
    JsonNode first = link();
    assertThat(oauth.rotatedUnseen("anna")).isEmpty();
    JsonNode second = TestClient.json(refresh(refreshToken(first)));
    assertThat(oauth.rotatedUnseen("anna")).contains(clock.instant());
    assertThat(oauth.holder(access(first))).isEmpty();
    assertThat(oauth.rotatedUnseen("anna")).isPresent();
    assertThat(oauth.holder(access(second))).isPresent();
    assertThat(oauth.rotatedUnseen("anna")).isEmpty();
  }

  @Test
  void aNewGrantKnowsNothingOfTheRotationsOfAnOlderOne() throws IOException {
    refresh(refreshToken(link()));
    link();
    assertThat(oauth.rotatedUnseen("anna")).isEmpty();
  }

  @Test
  void allAccessTokensCanBeExpiredAtOnce() throws IOException {
    JsonNode pair = link();
    oauth.expireAccessTokens();
    assertThat(oauth.holder(access(pair))).isEmpty();
    assertThat(refresh(refreshToken(pair)).statusCode()).isEqualTo(200);
  }

  @Test
  void revocationEndsOnlyThatAccountsTokens() throws IOException {
    JsonNode anna = link();
    oauth.addAccount("bert");
    JsonNode bert = link();
    oauth.revoke("anna");
    assertThat(oauth.holder(access(anna))).isEmpty();
    assertError(refresh(refreshToken(anna)), 400, "invalid_grant");
    assertThat(oauth.holder(access(bert))).isPresent();
    assertThat(oauth.linked("anna")).isFalse();
    assertThat(oauth.linked("bert")).isTrue();
  }

  @Test
  void nobodyCanConsentAsAStranger() {
    assertThatThrownBy(() -> oauth.consentAs("stranger"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stranger");
  }

  @Test
  void tokenEndpointFaultsLookLikeTheVendors() throws IOException {
    String token = refreshToken(link());
    server.faults().on("/token").next(1, Fault.invalidGrant());
    assertError(refresh(token), 400, "invalid_grant");
    server.faults().on("/token").next(1, Fault.invalidClient());
    assertError(refresh(token), 401, "invalid_client");
    server.faults().on("/token").next(1, Fault.status(503));
    assertThat(refresh(token).statusCode()).isEqualTo(503);
    assertThat(refresh(token).statusCode()).isEqualTo(200);
  }
}
