package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.SimulatedLimits.Limit;
import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OuraApiTest extends OuraTest {
  @Test
  void answers401WithoutABodyToNoGoodToken() throws IOException {
    HttpResponse<byte[]> none = client.get(api("/v2/usercollection/sleep"));
    HttpResponse<byte[]> invented = data("sleep", "invented");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(invented.statusCode()).isEqualTo(401);
    assertThat(invented.body()).isEmpty();
    String token = accessToken();
    clock.advance(Duration.ofDays(1));
    assertThat(data("sleep", token).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "tag, tag",
    "enhanced_tag, tag",
    "workout, workout",
    "session, session",
    "sleep, daily",
    "sleep_time, daily",
    "rest_mode_period, daily",
    "ring_configuration, ring_configuration",
    "daily_activity, daily",
    "daily_sleep, daily",
    "daily_readiness, daily",
    "daily_spo2, spo2",
    "daily_stress, daily",
    "daily_resilience, stress",
    "daily_cardiovascular_age, heart_health",
    "vO2_max, heart_health",
    "heartrate, heartrate",
    "ring_battery_level, ring_configuration"
  })
  void needsExactlyTheScopeOfTheType(String path, String scope) throws IOException {
    List<String> others = new ArrayList<>(List.of(ALL.split(" ")));
    others.remove(scope);
    String wrong = accessToken(String.join(" ", others));
    assertThat(data(path, accessToken(scope)).statusCode()).isEqualTo(200);
    assertThat(data(path, wrong).statusCode()).isEqualTo(401);
    cloud.missingScopeIs(403);
    assertThat(data(path, wrong).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource
  void servesTheSameBytesAloneAndInLists(OuraType type) throws IOException {
    if (person().ids(type.word()).isEmpty()) {
      person().create(type.word());
    }
    String token = accessToken();
    String id = person().ids(type.word()).getFirst();
    byte[] document = person().document(type.word(), id);
    assertThat(data(type.path() + "/" + id, token).body()).isEqualTo(document);
    cloud.pageSizes(1000, 1000);
    assertThat(TestClient.text(data(type.path() + LONG_AGO, token)))
        .contains(new String(document, UTF_8));
  }

  static final String LONG_AGO = "?start_date=2026-01-01&end_date=2027-01-01";

  @Test
  void thePathOfVo2MaxHasACapitalAndOthersHaveNone() throws IOException {
    String token = accessToken();
    assertThat(data("vO2_max", token).statusCode()).isEqualTo(200);
    assertThat(data("vo2_max", token).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sleep/nobody", "heartrate/1", "personal_info/1", "meal", "sleep/..", "nothing"})
  void answers404ToWhatDoesNotExist(String path) throws IOException {
    assertThat(data(path, accessToken()).statusCode()).isEqualTo(404);
  }

  @Test
  void answers404ForAnotherPersonsDocument() throws IOException {
    String token = accessToken();
    OuraPerson stranger = cloud.person(cloud.addPerson());
    String id = stranger.ids("sleep").getFirst();
    assertThat(data("sleep/" + id, token).statusCode()).isEqualTo(404);
  }

  @Test
  void aLapsedMembershipIsForbiddenEverything() throws IOException {
    String token = accessToken();
    person().lapse(true);
    assertThat(data("sleep", token).statusCode()).isEqualTo(403);
    assertThat(data("heartrate", token).statusCode()).isEqualTo(403);
    assertThat(data("personal_info", token).statusCode()).isEqualTo(403);
    person().lapse(false);
    assertThat(data("sleep", token).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "sleep, start_date, yesterday",
    "sleep, end_date, 2026-13-01",
    "daily_sleep, start_date, 2026-11-01T00:00:00 02:00",
    "heartrate, start_datetime, 2026-11-01",
    "ring_battery_level, end_datetime, now"
  })
  void aDateThatCannotBeReadIsNamedInAList(String path, String name, String value)
      throws IOException {
    String query = "?" + name + "=" + value.replace(' ', '+');
    HttpResponse<byte[]> answer = data(path + query, accessToken());
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode fault = TestClient.json(answer).path("detail").path(0);
    assertThat(fault.path("loc").path(1).asString()).isEqualTo(name);
    assertThat(fault.path("msg").asString()).isNotEmpty();
    assertThat(fault.path("type").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invented", "%25%25", "YWZ0ZXI"})
  void aForeignPageTokenIsRefusedInATextOnly(String token) throws IOException {
    HttpResponse<byte[]> answer = data("sleep?next_token=" + token, accessToken());
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(TestClient.json(answer).path("detail").isString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep?start_date=2026-11-18&end_date=2026-11-17",
        "heartrate?start_datetime=2026-11-18T00:00:00Z&end_datetime=2026-11-17T00:00:00Z"
      })
  void anEndBeforeTheStartIs400(String path) throws IOException {
    HttpResponse<byte[]> answer = data(path, accessToken());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void theSandboxHasOnePersonForEverybodysTokenAndNoPersonalInfo() throws IOException {
    String token = accessToken("email");
    String sandbox = "/v2/sandbox/usercollection/";
    for (OuraType type : OuraType.values()) {
      HttpResponse<byte[]> list = get(sandbox + type.path() + LONG_AGO, token);
      assertThat(list.statusCode()).isEqualTo(200);
      for (String id : cloud.sandboxPerson().ids(type.word())) {
        assertThat(get(sandbox + type.path() + "/" + id, token).body())
            .isEqualTo(cloud.sandboxPerson().document(type.word(), id));
      }
    }
    assertThat(TestClient.json(get(sandbox + "heartrate", token)).path("data").size()).isPositive();
    assertThat(get(sandbox + "ring_battery_level", token).statusCode()).isEqualTo(200);
    assertThat(get(sandbox + "personal_info", token).statusCode()).isEqualTo(404);
    assertThat(client.get(api(sandbox + "sleep")).statusCode()).isEqualTo(401);
    assertThat(cloud.people()).hasSize(1);
  }

  @Test
  void anEditChangesTheDocumentInItsPlace() {
    for (OuraType type : OuraType.values()) {
      String word = type.word();
      String id = person().create(word).id();
      byte[] before = person().document(word, id);
      assertThat(person().update(word, id).id()).isEqualTo(id);
      assertThat(person().document(word, id)).isNotEqualTo(before);
      assertThat(person().ids(word)).contains(id);
    }
  }

  @Test
  void aDayHasOneDocumentOfADailyType() {
    person().create("daily_sleep");
    assertThatThrownBy(() -> person().create("daily_sleep"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("daily_sleep");
    clock.advance(Duration.ofDays(1));
    String id = person().create("daily_sleep").id();
    assertThat(person().day("daily_sleep", id)).isEqualTo(person().today());
    person().create("sleep");
    person().create("sleep");
  }

  @Test
  void idsAreOpaqueAndNoUuids() {
    assertThat(account).matches("[1-9]-[0-9a-f]{30,35}");
    assertThat(person().ids("sleep")).allMatch(id -> id.matches("[1-9]-[0-9a-f]{30,35}"));
    assertThat(person().ids("sleep")).doesNotHaveDuplicates();
  }

  @Test
  void onlyARefusalTellsOfTheLimitAndWhichOfTheTwoItWas() throws IOException {
    String mine = accessToken();
    String other = accessToken();
    cloud.limits().perToken(new Limit(2, Duration.ofMinutes(5)));
    HttpResponse<byte[]> fine = data("sleep", mine);
    assertThat(fine.headers().map()).doesNotContainKey("x-ratelimit-limit");
    clock.advance(Duration.ofMinutes(1));
    assertThat(get("/v2/sandbox/usercollection/sleep", mine).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> refused = data("sleep", mine);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Retry-After")).isEqualTo("240");
    assertThat(header(refused, "X-RateLimit-Limit")).isEqualTo("2");
    assertThat(header(refused, "X-RateLimit-Window")).isEqualTo("300");
    assertThat(header(refused, "X-RateLimit-Tier")).isEqualTo("token");
    long reset = Long.parseLong(header(refused, "X-RateLimit-Reset"));
    assertThat(reset - clock.instant().getEpochSecond()).isBetween(300L, 301L);
    assertThat(data("sleep", other).statusCode()).isEqualTo(200);
    cloud.limits().perApplication(new Limit(1, Duration.ofMinutes(1)));
    assertThat(data("sleep", other).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> all = data("sleep", accessToken());
    assertThat(header(all, "X-RateLimit-Tier")).isEqualTo("application");
    assertThat(cloud.limits().refused()).isEqualTo(2);
    clock.advance(Duration.ofMinutes(4));
    assertThat(data("sleep", mine).statusCode()).isEqualTo(200);
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
