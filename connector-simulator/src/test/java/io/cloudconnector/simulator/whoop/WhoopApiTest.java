package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.SimulatedLimits.Limit;
import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WhoopApiTest extends WhoopTest {
  @Test
  void answers401AsTextWithoutAGoodToken() throws IOException {
    HttpResponse<byte[]> none = client.get(api("/v2/cycle"));
    HttpResponse<byte[]> invented = get("/v2/cycle", "invented");
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(invented.statusCode()).isEqualTo(401);
    assertThat(TestClient.text(invented)).isEqualTo("Authorization was not valid");
  }

  @Test
  void anAccessTokenExpiresAfterAnHour() throws IOException {
    String token = accessToken();
    clock.advance(Duration.ofMinutes(59));
    assertThat(get("/v2/cycle", token).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(get("/v2/cycle", token).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/cycle, read:cycles",
    "/v2/cycle/CYCLE, read:cycles",
    "/v2/cycle/CYCLE/sleep, read:cycles read:sleep",
    "/v2/cycle/CYCLE/recovery, read:recovery",
    "/v2/recovery, read:recovery",
    "/v2/activity/sleep, read:sleep",
    "/v2/activity/sleep/SLEEP, read:sleep",
    "/v2/activity/workout, read:workout",
    "/v2/activity/workout/WORKOUT, read:workout",
    "/v2/user/profile/basic, read:profile",
    "/v2/user/measurement/body, read:body_measurement"
  })
  void needsExactlyTheDeclaredScopes(String template, String scopes) throws IOException {
    String path = filled(template);
    List<String> others = new ArrayList<>(List.of(ALL.split(" ")));
    others.removeAll(List.of(scopes.split(" ")));
    String right = client.link(cloud, scopes).path("access_token").asString();
    String wrong = client.link(cloud, String.join(" ", others)).path("access_token").asString();
    assertThat(get(path, right).statusCode()).isEqualTo(200);
    assertThat(get(path, wrong).statusCode()).isEqualTo(401);
  }

  private String filled(String template) {
    return template
        .replace("CYCLE", person().ids("cycle").getFirst())
        .replace("SLEEP", person().ids("sleep").getFirst())
        .replace("WORKOUT", person().ids("workout").getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/cycle/1",
        "/v2/cycle/1/sleep",
        "/v2/cycle/1/recovery",
        "/v2/activity/sleep/00000000-0000-4000-8000-000000000000",
        "/v2/activity/workout/00000000-0000-4000-8000-000000000000",
        "/v2/recovery/00000000-0000-4000-8000-000000000000",
        "/v1/cycle",
        "/v1/activity/sleep",
        "/v1/recovery",
        "/v1/activity-mapping/1",
        "/v2/nothing"
      })
  void answers404ToWhatDoesNotExist(String path) throws IOException {
    assertThat(get(path, accessToken()).statusCode()).isEqualTo(404);
  }

  @Test
  void answers404ForAnotherPersonsRecord() throws IOException {
    String token = accessToken();
    WhoopPerson stranger = cloud.person(cloud.addPerson());
    String sleep = stranger.ids("sleep").getFirst();
    assertThat(get("/v2/activity/sleep/" + sleep, token).statusCode()).isEqualTo(404);
    String cycle = stranger.ids("cycle").getFirst();
    assertThat(get("/v2/cycle/" + cycle + "/recovery", token).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/cycle/not-a-number",
        "/v2/activity/sleep/not-a-uuid",
        "/v2/cycle?limit=26",
        "/v2/cycle?limit=0",
        "/v2/cycle?limit=many",
        "/v2/cycle?start=yesterday",
        "/v2/cycle?end=2026-11-01",
        "/v2/cycle?nextToken=invented"
      })
  void answers400ToWhatCannotBeRead(String path) throws IOException {
    assertThat(get(path, accessToken()).statusCode()).isEqualTo(400);
  }

  @Test
  void servesTheSameBytesAloneAndInLists() throws IOException {
    String token = accessToken();
    for (String type : List.of("sleep", "workout")) {
      String id = person().ids(type).getFirst();
      byte[] document = person().document(type, id);
      assertThat(get("/v2/activity/" + type + "/" + id, token).body()).isEqualTo(document);
      String text = new String(document, UTF_8);
      assertThat(TestClient.text(get("/v2/activity/" + type, token))).contains(text);
    }
    assertThat(get("/v2/user/profile/basic", token).body())
        .isEqualTo(person().document("profile", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/cycle, cycle, id",
    "/v2/activity/sleep, sleep, id",
    "/v2/recovery, recovery, sleep_id",
    "/v2/activity/workout, workout, id"
  })
  void pagesThroughAllRecordsNewestFirst(String path, String type, String idField)
      throws IOException {
    String token = accessToken();
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = TestClient.json(get(path + "?limit=4" + next, token));
      assertThat(page.path("records").size()).isBetween(1, 4);
      page.path("records").forEach(record -> seen.add(record.path(idField).asString()));
      next = page.has("next_token") ? "&nextToken=" + page.path("next_token").asString() : "";
    } while (!next.isEmpty());
    assertThat(seen).isEqualTo(person().ids(type)).hasSizeGreaterThan(8);
  }

  @Test
  void givesTenRecordsUnlessToldOtherwise() throws IOException {
    String token = accessToken();
    assertThat(TestClient.json(get("/v2/cycle", token)).path("records").size()).isEqualTo(10);
    JsonNode most = TestClient.json(get("/v2/cycle?limit=25", token));
    assertThat(most.path("records").size()).isEqualTo(25);
  }

  @Test
  void aRecordThatComesInMeanwhileShiftsNoPage() throws IOException {
    String token = accessToken();
    JsonNode first = TestClient.json(get("/v2/activity/workout?limit=3", token));
    List<String> before = person().ids("workout");
    person().newWorkout();
    String next = "&nextToken=" + first.path("next_token").asString();
    JsonNode second = TestClient.json(get("/v2/activity/workout?limit=3" + next, token));
    assertThat(second.path("records").path(0).path("id").asString()).isEqualTo(before.get(3));
  }

  @Test
  void startIsInclusiveAndEndExclusive() throws IOException {
    String token = accessToken();
    String id = person().ids("sleep").get(5);
    JsonNode sleep = TestClient.json(get("/v2/activity/sleep/" + id, token));
    String begin = sleep.path("start").asString();
    String end = sleep.path("end").asString();
    assertThat(sleepsBetween(end, plusMilli(end), token)).contains(id);
    assertThat(sleepsBetween(plusMilli(end), plusMilli(plusMilli(end)), token)).doesNotContain(id);
    assertThat(sleepsBetween("2026-01-01T00:00:00Z", begin, token)).doesNotContain(id);
    assertThat(sleepsBetween("2026-01-01T00:00:00Z", plusMilli(begin), token)).contains(id);
  }

  private static String plusMilli(String time) {
    return Instant.parse(time).plusMillis(1).toString();
  }

  private List<String> sleepsBetween(String start, String end, String token) throws IOException {
    String range = "?limit=25&start=" + start + "&end=" + end;
    List<String> ids = new ArrayList<>();
    TestClient.json(get("/v2/activity/sleep" + range, token))
        .path("records")
        .forEach(record -> ids.add(record.path("id").asString()));
    return ids;
  }

  @Test
  void leadsFromASleepOverItsCycleToItsRecovery() throws IOException {
    String token = accessToken();
    String sleepId = person().ids("recovery").get(3);
    JsonNode sleep = TestClient.json(get("/v2/activity/sleep/" + sleepId, token));
    String cycle = "/v2/cycle/" + sleep.path("cycle_id").asString();
    assertThat(get(cycle + "/recovery", token).body())
        .isEqualTo(person().document("recovery", sleepId));
    assertThat(get(cycle + "/sleep", token).body()).isEqualTo(person().document("sleep", sleepId));
  }

  @Test
  void mapsOldIdsToNewOnes() throws IOException {
    String id = person().ids("workout").getFirst();
    HttpResponse<byte[]> found = client.get(api("/v1/activity-mapping/" + cloud.v1Id(id)));
    assertThat(TestClient.json(found).path("v2_activity_id").asString()).isEqualTo(id);
  }

  @Test
  void revocationEndsAllTokensAndWebhooksOfThePerson() throws IOException {
    String token = accessToken();
    String other = accessToken();
    HttpRequest.Builder revoke =
        HttpRequest.newBuilder(api("/v2/user/access"))
            .header("Authorization", "Bearer " + token)
            .DELETE();
    HttpResponse<byte[]> answer = client.send(revoke);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(get("/v2/cycle", token).statusCode()).isEqualTo(401);
    assertThat(get("/v2/cycle", other).statusCode()).isEqualTo(401);
    assertThat(cloud.oauth().linked(account)).isFalse();
    assertThat(cloud.oauth().liveRefreshTokens()).isZero();
    assertThat(person().newWorkout().deliveries()).isEmpty();
  }

  @Test
  void countsAgainstTheLimitsOfTheWholeApp() throws IOException {
    cloud.limits().set(new Limit(2, Duration.ofMinutes(1)), new Limit(100, Duration.ofDays(1)));
    String mine = accessToken();
    String theirs = client.link(cloud, ALL).path("access_token").asString();
    HttpResponse<byte[]> first = get("/v2/cycle", mine);
    assertThat(first.headers().firstValue("X-RateLimit-Limit"))
        .contains("2, 2;window=60, 100;window=86400");
    assertThat(get("/v2/cycle", theirs).statusCode()).isEqualTo(200);
    assertThat(get("/v2/cycle", mine).statusCode()).isEqualTo(429);
  }

  @Test
  void refreshingTokensCountsAgainstNoLimit() throws IOException {
    cloud.limits().set(new Limit(1, Duration.ofMinutes(1)));
    JsonNode pair = client.link(cloud, ALL);
    HttpResponse<byte[]> refreshed = client.refresh(cloud, pair.path("refresh_token").asString());
    assertThat(refreshed.headers().firstValue("X-RateLimit-Limit")).isEmpty();
    assertThat(cloud.limits().refused()).isZero();
  }
}
