package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OuraSubscriptionTest extends OuraTest {
  private final Callback callback = new Callback();
  private final Subscriber subscriber = new Subscriber(cloud, client);

  @AfterEach
  void closeCallback() {
    callback.close();
  }

  @Test
  void isMadeListedReadAndDeleted() throws IOException {
    JsonNode made = made("create", "sleep");
    assertThat(made.path("callback_url").asString()).isEqualTo(callback.url().toString());
    assertThat(made.has("verification_token")).isFalse();
    String id = made.path("id").asString();
    assertThat(TestClient.json(list())).containsExactly(made);
    assertThat(TestClient.json(subscriber.send("GET", "/" + id, ""))).isEqualTo(made);
    assertThat(subscriber.send("DELETE", "/" + id, "").statusCode()).isEqualTo(204);
    assertThat(TestClient.text(list())).isEqualTo("[]");
    assertThat(cloud.subscriptions().all()).isEmpty();
  }

  private JsonNode made(String event, String data) throws IOException {
    HttpResponse<byte[]> answer = subscriber.subscribe(callback.url(), event, data);
    assertThat(answer.statusCode()).isEqualTo(201);
    return TestClient.json(answer);
  }

  private HttpResponse<byte[]> list() throws IOException {
    return subscriber.send("GET", "", "");
  }

  @Test
  void theAddressIsChallengedWhileTheCallIsStillOpen() throws IOException {
    Set<Integer> existing = new HashSet<>();
    callback.answerChallenges(
        challenge -> {
          existing.add(cloud.subscriptions().all().size());
          return SimulatedReply.json(
              200, JsonText.object().text("challenge", challenge).text("more", "x").toString());
        });
    made("update", "daily_sleep");
    assertThat(existing).containsExactly(0);
    assertThat(callback.challenges()).hasSize(1);
    assertThat(callback.challenges().getFirst().query("verification_token"))
        .contains(Callback.TOKEN);
  }

  static Stream<Function<String, SimulatedReply>> wrongAnswers() {
    return Stream.of(
        challenge -> SimulatedReply.text(200, challenge),
        challenge -> SimulatedReply.json(201, "{\"challenge\":\"" + challenge + "\"}"),
        challenge -> SimulatedReply.json(200, "{\"challenge\":\"another\"}"),
        challenge -> SimulatedReply.json(200, "{\"challenge\":1}"),
        challenge -> SimulatedReply.json(200, "[]"),
        challenge -> SimulatedReply.redirect("http://127.0.0.1:1/elsewhere"),
        challenge -> SimulatedReply.empty(500));
  }

  @ParameterizedTest
  @MethodSource("wrongAnswers")
  void aWrongAnswerToTheChallengeFailsTheCall(Function<String, SimulatedReply> wrong)
      throws IOException {
    callback.answerChallenges(wrong);
    HttpResponse<byte[]> answer = subscriber.subscribe(callback.url(), "create", "tag");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(TestClient.json(answer).path("detail").isString()).isTrue();
    assertThat(cloud.subscriptions().all()).isEmpty();
  }

  @Test
  void anAddressThatDoesNotAnswerOrDoesNotKnowTheTokenFailsTheCall() throws IOException {
    URI nobody = URI.create("http://127.0.0.1:1/hooks");
    assertThat(subscriber.subscribe(nobody, "create", "tag").statusCode()).isEqualTo(422);
    Map<String, Object> wish = Subscriber.wish(callback.url(), "create", "tag");
    wish.put("verification_token", "another");
    assertThat(subscriber.send("POST", "", wish).statusCode()).isEqualTo(422);
    assertThat(cloud.subscriptions().all()).isEmpty();
  }

  @Test
  void theNextChallengeFailsWhenTold() throws IOException {
    cloud.subscriptions().failNextChallenge();
    assertThat(subscriber.subscribe(callback.url(), "create", "tag").statusCode()).isEqualTo(422);
    made("create", "tag");
  }

  @Test
  void thereIsOneForEachPair() throws IOException {
    made("create", "tag");
    assertThat(subscriber.subscribe(callback.url(), "create", "tag").statusCode()).isEqualTo(409);
    assertThat(callback.challenges()).hasSize(1);
    made("update", "tag");
    assertThat(cloud.subscriptions().all()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"GET, /nobody", "PUT, /nobody", "DELETE, /nobody", "PUT, /renew/nobody"})
  void anUnknownIdIsForbidden(String method, String path) throws IOException {
    String body = "{\"verification_token\":\"x\"}";
    assertThat(subscriber.send(method, path, body).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback_url", "verification_token", "event_type", "data_type"})
  void whatIsMissingIsNamedInAList(String field) throws IOException {
    Map<String, Object> wish = Subscriber.wish(callback.url(), "create", "tag");
    wish.remove(field);
    HttpResponse<byte[]> answer = subscriber.send("POST", "", wish);
    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode loc = TestClient.json(answer).path("detail").path(0).path("loc");
    assertThat(loc.path(0).asString()).isEqualTo("body");
    assertThat(loc.path(1).asString()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "event_type, created",
    "data_type, heartrate",
    "data_type, vO2_max",
    "callback_url, not a url",
    "callback_url, ftp://example.com/"
  })
  void whatIsUnknownIsRefused(String field, String value) throws IOException {
    Map<String, Object> wish = Subscriber.wish(callback.url(), "create", "tag");
    wish.put(field, value);
    assertThat(subscriber.send("POST", "", wish).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{} {}", "nothing"})
  void whatIsNoJsonObjectIsRefused(String body) throws IOException {
    assertThat(subscriber.send("POST", "", body).statusCode()).isEqualTo(422);
  }

  @Test
  void onlyTheApplicationItselfIsLetIn() throws IOException {
    HttpRequest.Builder none = subscriber.request("GET", "", "");
    HttpRequest.Builder bearer =
        subscriber.request("GET", "", "").header("Authorization", "Bearer " + accessToken());
    assertThat(client.send(none).statusCode()).isEqualTo(401);
    assertThat(client.send(bearer).statusCode()).isEqualTo(401);
  }

  @Test
  void expiryIsToldWithoutAZoneAndSometimesWithFractions() throws IOException {
    Set<Integer> lengths = new HashSet<>();
    for (OuraType type : OuraType.values()) {
      String told = made("create", type.word()).path("expiration_time").asString();
      LocalDateTime time = LocalDateTime.parse(told);
      assertThat(Duration.between(clock.instant(), time.toInstant(ZoneOffset.UTC)))
          .isBetween(Duration.ofDays(90).minusSeconds(1), Duration.ofDays(90));
      lengths.add(told.length());
    }
    assertThat(lengths).containsExactlyInAnyOrder(19, 26);
  }

  @Test
  void anExpiredOneIsAsIfItHadNeverBeen() throws IOException {
    cloud.subscriptions().lifetime(Duration.ofDays(3));
    String id = made("create", "tag").path("id").asString();
    clock.advance(Duration.ofDays(3));
    assertThat(TestClient.text(list())).isEqualTo("[]");
    assertThat(subscriber.send("GET", "/" + id, "").statusCode()).isEqualTo(403);
    assertThat(subscriber.send("PUT", "/renew/" + id, "").statusCode()).isEqualTo(403);
    made("create", "tag");
  }

  @Test
  void renewalProlongsFromNow() throws IOException {
    String id = made("create", "tag").path("id").asString();
    clock.advance(Duration.ofDays(85));
    HttpResponse<byte[]> renewed = subscriber.send("PUT", "/renew/" + id, "");
    assertThat(renewed.statusCode()).isEqualTo(200);
    clock.advance(Duration.ofDays(89));
    assertThat(cloud.subscriptions().all()).hasSize(1);
    assertThat(callback.challenges()).hasSize(1);
  }

  @Test
  void anUpdateWithAnAddressIsChallengedAndOneWithoutIsNot() throws IOException {
    String id = made("create", "tag").path("id").asString();
    String token = Callback.TOKEN;
    Map<String, String> other = Map.of("verification_token", token, "data_type", "workout");
    JsonNode changed = TestClient.json(subscriber.send("PUT", "/" + id, other));
    assertThat(changed.path("data_type").asString()).isEqualTo("workout");
    assertThat(callback.challenges()).hasSize(1);
    try (Callback next = new Callback()) {
      Map<String, String> moved =
          Map.of("verification_token", token, "callback_url", next.url().toString());
      assertThat(subscriber.send("PUT", "/" + id, moved).statusCode()).isEqualTo(200);
      assertThat(next.challenges()).hasSize(1);
      assertThat(cloud.subscriptions().all().getFirst().callbackUrl()).isEqualTo(next.url());
      assertThat(subscriber.send("PUT", "/" + id, "{}").statusCode()).isEqualTo(422);
    }
  }

  @Test
  void anUpdateToATakenPairOrWithoutAGoodAnswerChangesNothing() throws IOException {
    String id = made("create", "tag").path("id").asString();
    made("create", "workout");
    Map<String, String> taken =
        Map.of("verification_token", Callback.TOKEN, "data_type", "workout");
    assertThat(subscriber.send("PUT", "/" + id, taken).statusCode()).isEqualTo(409);
    cloud.subscriptions().failNextChallenge();
    Map<String, String> again =
        Map.of("verification_token", Callback.TOKEN, "callback_url", callback.url().toString());
    assertThat(subscriber.send("PUT", "/" + id, again).statusCode()).isEqualTo(422);
    assertThat(cloud.subscriptions().find("create", "tag")).isPresent();
  }

  @Test
  void ouraMayLoseThemOrSomebodyElseMayHaveThem() throws IOException {
    String id = made("create", "tag").path("id").asString();
    URI elsewhere = URI.create("https://other.example.com/hooks");
    cloud.subscriptions().pointElsewhere(id, elsewhere);
    cloud.subscriptions().madeElsewhere("update", "tag", elsewhere);
    assertThat(new String(list().body(), UTF_8).split(elsewhere.toString(), -1)).hasSize(3);
    cloud.subscriptions().drop(id);
    assertThat(cloud.subscriptions().find("create", "tag")).isEmpty();
    cloud.subscriptions().dropAll();
    assertThat(TestClient.text(list())).isEqualTo("[]");
  }
}
