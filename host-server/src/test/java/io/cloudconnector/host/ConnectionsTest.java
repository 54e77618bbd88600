package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Connections as the application sees them, and their end. */
final class ConnectionsTest extends HostTest {
  private String status(String userId) {
    return api.get(Api.connection(userId)).json().get("status").asString();
  }

  @Test
  void connectionsAreListedByUserAndByVendor() {
    host.link("anna");
    host.link("berta");

    assertThat(listed("")).isEqualTo(2);
    assertThat(listed("?userId=anna")).isEqualTo(1);
    assertThat(listed("?userId=anna&vendor=acme")).isEqualTo(1);
    assertThat(listed("?vendor=acme")).isEqualTo(2);
    assertThat(listed("?vendor=nobody")).isZero();
    assertThat(listed("?vendor=NO-BODY")).isZero();
    assertThat(listed("?userId=carla")).isZero();
  }

  private int listed(String query) {
    return api.get("/v1/connections" + query).json().get("connections").size();
  }

  @Test
  void anEndedConnectionIsRevokedAtTheVendor() {
    String account = host.link("anna");

    assertThat(api.delete(Api.connection("anna")).status()).isEqualTo(204);

    assertThat(status("anna")).isEqualTo("REVOKED");
    assertThat(api.get(Api.connection("anna") + "/data/run/7").problem())
        .isEqualTo("relink-required");
    api.awaitEvents("connection.removed", 1);
    Awaitility.await().until(() -> !acme.oauth().linked(account));
    assertThat(api.delete(Api.connection("anna")).status()).isEqualTo(204);
    assertThat(api.events("connection.removed")).hasSize(1);
  }

  @Test
  void aConnectionThatNeverWasCannotBeEnded() {
    assertThat(api.delete(Api.connection("anna")).problem()).isEqualTo("unknown-connection");
    assertThat(api.delete("/v1/connections/nobody/anna").problem()).isEqualTo("unknown-connection");
    assertThat(api.get(Api.connection("anna") + "/rate-limit").problem())
        .isEqualTo("unknown-connection");
  }

  @Test
  void aVendorThatIsDownIsAskedToRevokeUntilItDoes() {
    String account = host.link("anna");
    acme.faults().on("/v1/access").next(3, Fault.status(503));

    assertThat(api.delete(Api.connection("anna")).status()).isEqualTo(204);

    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofSeconds(20));
              return !acme.oauth().linked(account);
            });
    assertThat(acme.requests().of("DELETE", "/v1/access")).hasSize(4);
  }

  @Test
  void linkingAgainSurvivesTheLateRevocationOfTheGrantBefore() {
    String before = host.link("anna");
    acme.faults().on("/v1/access").next(1, Fault.status(503));
    api.delete(Api.connection("anna"));
    Awaitility.await().until(() -> !acme.requests().of("DELETE", "/v1/access").isEmpty());

    String after = host.link("anna");
    host.clock.advance(Duration.ofMinutes(2));
    Awaitility.await().until(() -> !acme.oauth().linked(before));

    assertThat(status("anna")).isEqualTo("ACTIVE");
    acme.put(after, "run/7", "{}");
    assertThat(api.get(Api.connection("anna") + "/data/run/7").status()).isEqualTo(200);
  }

  @Test
  void theVendorIsNotToldWhileAnotherUserHasTheAccount() {
    String account = host.link("anna");
    host.relink("berta");
    acme.put(account, "run/7", "{}");

    api.delete(Api.connection("anna"));
    acme.notice(account, "run.updated", "7");

    JsonNode event = api.awaitEvents("data.updated", 1).getFirst();
    assertThat(event.get("userid").asString()).isEqualTo("berta");
    assertThat(acme.oauth().linked(account)).isTrue();
    api.delete(Api.connection("berta"));
    Awaitility.await().until(() -> !acme.oauth().linked(account));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "a//b/",
        "ünïcödé 日本 🏃",
        "100%",
        "%2F",
        "a+b c",
        "a;b=c",
        "a?b#c&d=e",
        "back\\slash",
        "...",
        "\"quoted\"",
        "a:b@c"
      })
  void oddUserIdsAreUsersLikeOthers(String userId) {
    String account = acme.newAccount();
    String json = userId.replace("\\", "\\\\").replace("\"", "\\\"");
    host.relink(json);
    acme.put(account, "run/7", "{\"km\":7}");

    assertThat(api.get(Api.connection(userId)).json().get("userId").asString()).isEqualTo(userId);
    assertThat(listed("?userId=" + Api.segment(userId))).isEqualTo(1);
    assertThat(api.get(Api.connection(userId) + "/data/run/7").text()).isEqualTo("{\"km\":7}");
    assertThat(api.get(Api.connection(userId) + "/rate-limit").status()).isEqualTo(200);
    assertThat(api.awaitEvents("connection.linked", 1).getFirst().get("userid").asString())
        .isEqualTo(userId);
    assertThat(api.delete(Api.connection(userId)).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "", "a\\u0000b", "a\\nb"})
  void userIdsThatNoAddressCanHoldAreRefused(String userId) {
    Answer answer = api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"" + userId + "\"}");

    assertThat(answer.problem()).isEqualTo("bad-request");
    assertThat(answer.text()).contains("userId");
  }
}
