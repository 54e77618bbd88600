package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.TestClock;
import io.cloudconnector.simulator.VendorSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WhoopSchemaTest extends WhoopTest {
  private static final Map<String, String> LISTS =
      Map.of(
          "cycle", "/v2/cycle",
          "sleep", "/v2/activity/sleep",
          "recovery", "/v2/recovery",
          "workout", "/v2/activity/workout");

  private final VendorSchemas schemas = new VendorSchemas("whoop");

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyAnswerIsAsTheVendorDescribesIt(int seed) throws IOException {
    TestClock time = new TestClock();
    time.advance(Duration.ofMinutes(67L * seed));
    try (WhoopCloud other = new WhoopCloud(seed, time)) {
      other.start();
      other.limits().set();
      WhoopPerson someone = other.person(other.addPerson(12));
      String token = client.link(other, ALL).path("access_token").asString();
      IntStream.range(0, 30).forEach(i -> other.makeChange());
      for (String type : LISTS.keySet()) {
        assertListIsValid(other, token, type);
        for (String id : someone.ids(type)) {
          assertThat(schemas.faults(type, someone.document(type, id))).isEmpty();
        }
      }
      assertValid(other, token, "/v2/user/profile/basic", "profile");
      assertValid(other, token, "/v2/user/measurement/body", "body_measurement");
    }
  }

  private void assertListIsValid(WhoopCloud other, String token, String type) throws IOException {
    String path = LISTS.getOrDefault(type, "");
    String next = "";
    do {
      byte[] page = assertValid(other, token, path + "?limit=7" + next, type + "-list");
      JsonNode read = JsonMapper.shared().readTree(page);
      next = read.has("next_token") ? "&nextToken=" + read.path("next_token").asString() : "";
    } while (!next.isEmpty());
  }

  private byte[] assertValid(WhoopCloud other, String token, String path, String schema)
      throws IOException {
    URI base = TestClient.setting(other.connectorSettings(), "baseUrl");
    HttpResponse<byte[]> answer = client.get(URI.create(base + path), token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(schemas.faults(schema, answer.body())).isEmpty();
    return answer.body();
  }

  @Test
  void aCyclesOwnSleepAndRecoveryAreAsTheVendorDescribesThem() throws IOException {
    String token = accessToken();
    for (String id : person().ids("cycle")) {
      for (String type : List.of("sleep", "recovery")) {
        assertValid(cloud, token, "/v2/cycle/" + id + "/" + type, type);
      }
    }
  }

  @Test
  void theIdMappingIsAsTheVendorDescribesIt() throws IOException {
    for (String type : List.of("sleep", "workout")) {
      long old = cloud.v1Id(person().ids(type).getFirst());
      assertValid(cloud, accessToken(), "/v1/activity-mapping/" + old, "mapping");
    }
  }

  @Test
  void tokenAnswersAreAsTheProtocolDescribesThem() throws IOException {
    JsonNode linked = client.link(cloud, ALL);
    assertThat(schemas.faults("token", linked.toString().getBytes(UTF_8))).isEmpty();
    byte[] refreshed = client.refresh(cloud, linked.path("refresh_token").asString()).body();
    assertThat(schemas.faults("token", refreshed)).isEmpty();
    String online = client.link(cloud, "read:sleep").toString();
    assertThat(schemas.faults("token", online.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ScoreState.class)
  void everyScoreStateIsAsTheVendorDescribesIt(ScoreState state) throws IOException {
    String token = accessToken();
    for (Map.Entry<String, String> list : LISTS.entrySet()) {
      String type = list.getKey();
      String id = person().ids(type).getFirst();
      person().rescore(type, id, state);
      byte[] document = person().document(type, id);
      assertThat(schemas.faults(type, document)).isEmpty();
      assertThat(new String(document, UTF_8)).contains(state.name());
      assertThat(TestClient.text(get(list.getValue(), token)))
          .contains(new String(document, UTF_8));
    }
  }

  @Test
  void theNewestCycleIsOpenAndTheOthersAreClosed() throws IOException {
    JsonNode cycles = TestClient.json(get("/v2/cycle?limit=25", accessToken())).path("records");
    assertThat(cycles.path(0).has("end")).isFalse();
    for (int i = 1; i < cycles.size(); i++) {
      assertThat(cycles.path(i).path("end")).isEqualTo(cycles.path(i - 1).path("start"));
    }
  }

  @Test
  void theSameSeedAndTimeGiveTheSamePeople() {
    try (WhoopCloud one = new WhoopCloud(99, new TestClock());
        WhoopCloud same = new WhoopCloud(99, new TestClock());
        WhoopCloud other = new WhoopCloud(100, new TestClock())) {
      assertThat(everything(one)).isEqualTo(everything(same)).isNotEqualTo(everything(other));
    }
  }

  private static List<String> everything(WhoopCloud cloud) {
    WhoopPerson person = cloud.person(cloud.addPerson());
    return LISTS.keySet().stream()
        .sorted()
        .flatMap(type -> person.ids(type).stream().map(id -> person.document(type, id)))
        .map(document -> new String(document, UTF_8))
        .toList();
  }

  @Test
  void someNumbersWouldNotSurviveBeingReadAsDoubles() {
    List<String> documents = everything(cloud);
    assertThat(documents).anyMatch(text -> text.matches("(?s).*\\d\\.\\d{20,}.*"));
    assertThat(documents).anyMatch(text -> text.matches("(?s).*\\d\\.\\d\\d000\\D.*"));
    assertThat(documents).anyMatch(text -> text.matches("(?s).*\\d+E-4.*"));
    assertThat(documents).anyMatch(text -> text.matches("(?s).*\"id\": ?900719925[56]\\d{6}\\D.*"));
    assertThat(documents).anyMatch(text -> text.contains("{\n\t\""));
    assertThat(documents).anyMatch(text -> text.contains("\": \"") && !text.contains("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mapping | {\"v2_activity_id\":\"no-uuid\"}",
        "mapping | {\"v2_activity_id\":\"ecfc6a15-4661-442f-a9a4-f160dd7afae8\",\"more\":1}",
        "body_measurement | {\"height_meter\":1.8,\"weight_kilogram\":80}",
        "sleep-list | {\"records\":[{}]}",
        "token | {\"access_token\":\"x\",\"token_type\":\"bearer\",\"scope\":\"offline\"}",
        "profile | {\"user_id\":1.5,\"email\":\"a@b.c\",\"first_name\":\"A\",\"last_name\":\"B\"}"
      })
  void theSchemasRefuseWhatTheVendorNeverSends(String schema, String document) {
    assertThat(schemas.faults(schema, document.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  void aPendingRecordWithAScoreIsRefusedByTheSchema() {
    String id = person().ids("recovery").getFirst();
    person().rescore("recovery", id, ScoreState.SCORED);
    String scored = new String(person().document("recovery", id), UTF_8);
    String pending = scored.replace("SCORED", "PENDING_SCORE");
    assertThat(schemas.faults("recovery", scored.getBytes(UTF_8))).isEmpty();
    assertThat(schemas.faults("recovery", pending.getBytes(UTF_8))).isNotEmpty();
  }
}
