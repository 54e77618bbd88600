package io.cloudconnector.simulator.oura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.SimulatedCloud;
import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OuraLinkTest extends OuraTest {
  @Test
  void isFoundByTheServiceLoaderAndDoesNothingUntilStarted() {
    SimulatedCloud found =
        ServiceLoader.load(SimulatedCloud.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(cloud -> cloud.vendor().equals("oura"))
            .findFirst()
            .orElseThrow();
    assertThatThrownBy(found::connectorSettings)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("start()");
    found.start();
    assertThat(found.connectorSettings())
        .containsOnlyKeys(
            "clientId", "clientSecret", "baseUrl", "authUrl", "tokenUrl", "revokeUrl");
    found.close();
    found.close();
  }

  @Test
  void tellsTheGrantedScopesWithTheirPrefix() throws IOException {
    JsonNode token = client.link(cloud, "daily workout");
    assertThat(token.path("scope").asString()).isEqualTo("extapi:daily extapi:workout");
    assertThat(token.path("token_type").asString()).isEqualTo("bearer");
    assertThat(token.path("expires_in").asInt()).isEqualTo(86_400);
    cloud.oauth().tellScopesWith("");
    assertThat(client.link(cloud, "daily").path("scope").asString()).isEqualTo("daily");
  }

  @Test
  void scopesMayBeAskedForWithThePrefixOrByTheirOldName() throws IOException {
    assertThat(scopes("extapi:daily extapi:spo2Daily")).containsExactly("daily", "spo2");
    assertThat(scopes("spo2 spo2Daily")).containsExactly("spo2");
  }

  @Test
  void unknownScopesAreDroppedWithoutAWordAndNoneMeansAll() throws IOException {
    assertThat(scopes("daily telepathy")).containsExactly("daily");
    assertThat(scopes("")).containsExactlyInAnyOrder(ALL.split(" "));
  }

  @Test
  void aPersonMayGrantLessThanIsAskedFor() throws IOException {
    cloud.oauth().granting(asked -> Set.of("daily"));
    String token = accessToken();
    assertThat(data("sleep", token).statusCode()).isEqualTo(200);
    assertThat(data("workout", token).statusCode()).isEqualTo(401);
  }

  private List<String> scopes(String asked) throws IOException {
    String told = client.link(cloud, asked).path("scope").asString();
    return List.of(told.replace("extapi:", "").split(" "));
  }

  @Test
  void consentCarriesTheScopesGranted() throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    Map<String, String> query =
        TestClient.consentQuery(TestClient.text(settings, "clientId"), "daily telepathy");
    assertThat(client.consent(TestClient.setting(settings, "authUrl"), query))
        .containsEntry("scope", "daily")
        .containsEntry("state", "a-long-enough-state")
        .containsKey("code");
    cloud.oauth().denyNextConsent();
    assertThat(client.consent(TestClient.setting(settings, "authUrl"), query))
        .containsEntry("error", "access_denied");
  }

  @Test
  void clientCredentialsMayComeAsBasicAuthentication() throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    String pair =
        TestClient.text(settings, "clientId") + ":" + TestClient.text(settings, "clientSecret");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    String refresh = client.link(cloud, ALL).path("refresh_token").asString();
    HttpRequest.Builder request =
        TestClient.formRequest(
                TestClient.setting(settings, "tokenUrl"),
                Map.of("grant_type", "refresh_token", "refresh_token", refresh))
            .header("Authorization", "Basic " + basic);
    assertThat(client.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void aRefreshTokenWorksOnceAndADeadOneIsNamedAsTold() throws IOException {
    String refresh = client.link(cloud, ALL).path("refresh_token").asString();
    JsonNode fresh = TestClient.json(client.refresh(cloud, refresh));
    assertThat(fresh.path("refresh_token").asString()).isNotEmpty().isNotEqualTo(refresh);
    assertThat(deadAnswer(refresh)).isEqualTo("invalid_grant");
    cloud.oauth().deadRefreshTokenIs("invalid_request");
    assertThat(deadAnswer(refresh)).isEqualTo("invalid_request");
  }

  private String deadAnswer(String refresh) throws IOException {
    HttpResponse<byte[]> answer = client.refresh(cloud, refresh);
    assertThat(answer.statusCode()).isEqualTo(400);
    return TestClient.json(answer).path("error").asString();
  }

  @Test
  void aPersonsIdIsReadableWithAnyTokenAndTheRestByScope() throws IOException {
    JsonNode bare = personalInfo("daily");
    assertThat(bare.path("id").asString()).isEqualTo(account);
    assertThat(bare.path("age").isNull()).isTrue();
    assertThat(bare.path("email").isNull()).isTrue();
    assertThat(personalInfo("email").path("email").asString()).contains("@example.com");
    assertThat(personalInfo("personal").path("age").asInt()).isPositive();
  }

  private JsonNode personalInfo(String scopes) throws IOException {
    return TestClient.json(data("personal_info", accessToken(scopes)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"access token in the query", "refresh token as header"})
  void revocationEndsAllTokensAndIsRefusedTheSecondTime(String form) throws IOException {
    JsonNode pair = client.link(cloud, ALL);
    String access = pair.path("access_token").asString();
    HttpRequest.Builder revoke =
        form.startsWith("access")
            ? HttpRequest.newBuilder(api("/oauth/revoke?access_token=" + access))
            : HttpRequest.newBuilder(api("/oauth/revoke"))
                .header("Authorization", "bearer " + pair.path("refresh_token").asString());
    revoke.POST(BodyPublishers.noBody());
    assertThat(client.send(revoke).statusCode()).isEqualTo(200);
    assertThat(data("personal_info", access).statusCode()).isEqualTo(401);
    assertThat(cloud.oauth().linked(account)).isFalse();
    assertThat(client.send(revoke).statusCode()).isEqualTo(401);
  }

  @Test
  void settingsPointWhereTheVendorsPathsBegin() {
    URI base = TestClient.setting(cloud.connectorSettings(), "baseUrl");
    assertThat(base.getPath()).isEmpty();
    assertThat(base.getHost()).isEqualTo("127.0.0.1");
  }
}
