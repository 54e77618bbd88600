package io.cloudconnector.simulator.whoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.SimulatedCloud;
import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WhoopLinkTest extends WhoopTest {
  @Test
  void isFoundByTheServiceLoaderAndDoesNothingUntilStarted() {
    SimulatedCloud found =
        ServiceLoader.load(SimulatedCloud.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(cloud -> cloud.vendor().equals("whoop"))
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
  void basicAuthenticationIsRefused() throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    String pair =
        TestClient.text(settings, "clientId") + ":" + TestClient.text(settings, "clientSecret");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Map<String, String> form = new HashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", client.link(cloud, ALL).path("refresh_token").asString());
    HttpRequest.Builder request =
        TestClient.formRequest(TestClient.setting(settings, "tokenUrl"), form)
            .header("Authorization", "Basic " + basic);
    var answer = client.send(request);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(TestClient.json(answer).path("error").asString()).isEqualTo("invalid_client");
  }

  @Test
  void withoutTheOfflineScopeThereIsNoRefreshToken() throws IOException {
    assertThat(client.link(cloud, "read:sleep").has("refresh_token")).isFalse();
    assertThat(client.link(cloud, "read:sleep offline").has("refresh_token")).isTrue();
  }

  @Test
  void aShortStateIsRefused() throws IOException {
    Map<String, String> answer = consentWith("state", "1234567");
    assertThat(answer).containsEntry("error", "invalid_state").doesNotContainKey("code");
    assertThat(consentWith("state", "12345678")).containsKey("code");
  }

  @Test
  void anUnknownScopeIsRefused() throws IOException {
    assertThat(consentWith("scope", "read:everything")).containsEntry("error", "invalid_scope");
  }

  private Map<String, String> consentWith(String name, String value) throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    Map<String, String> query =
        TestClient.consentQuery(TestClient.text(settings, "clientId"), "offline");
    query.put(name, value);
    return client.consent(TestClient.setting(settings, "authUrl"), query);
  }

  @Test
  void theTokenSpeaksForWhoeverConsented() throws IOException {
    String second = cloud.addPerson();
    assertThat(userId(accessToken())).isEqualTo(second);
    cloud.consentAs(account);
    assertThat(userId(accessToken())).isEqualTo(account);
    assertThatThrownBy(() -> cloud.consentAs("nobody"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody");
  }

  private String userId(String token) throws IOException {
    JsonNode profile = TestClient.json(get("/v2/user/profile/basic", token));
    return profile.path("user_id").asString();
  }

  @Test
  void aLostAnswerToARefreshLosesTheLink() throws IOException {
    String refresh = client.link(cloud, ALL).path("refresh_token").asString();
    cloud.faults().on("/oauth/oauth2/token").always(new Fault.LateSuccess());
    assertThatThrownBy(() -> client.refresh(cloud, refresh)).isInstanceOf(IOException.class);
    cloud.faults().clear();
    var answer = client.refresh(cloud, refresh);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestClient.json(answer).path("error").asString()).isEqualTo("invalid_grant");
  }

  @Test
  void settingsPointWhereTheVendorsPathsBegin() {
    URI base = TestClient.setting(cloud.connectorSettings(), "baseUrl");
    assertThat(base.getPath()).isEqualTo("/developer");
    assertThat(base.getHost()).isEqualTo("127.0.0.1");
  }
}
