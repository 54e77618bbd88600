package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.TestClock;
import io.cloudconnector.simulator.VendorSchemas;
import io.cloudconnector.simulator.WebhookSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OuraSchemaTest extends OuraTest {
  private final VendorSchemas schemas = new VendorSchemas("oura");

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyAnswerIsAsTheVendorDescribesIt(int seed) throws IOException {
    TestClock time = new TestClock();
    time.advance(Duration.ofMinutes(97L * seed));
    try (OuraCloud other = new OuraCloud(seed, time)) {
      other.start();
      OuraPerson someone = other.person(other.addPerson(9));
      String token = client.link(other, ALL).path("access_token").asString();
      IntStream.range(0, 30).forEach(i -> other.makeChange());
      for (OuraType type : OuraType.values()) {
        String path = "/v2/usercollection/" + type.path();
        assertListIsValid(other, token, path + OuraApiTest.LONG_AGO, type.word());
        for (String id : someone.ids(type.word())) {
          assertThat(schemas.faults(type.word(), someone.document(type.word(), id))).isEmpty();
        }
      }
      for (OuraSeries series : OuraSeries.values()) {
        assertListIsValid(other, token, "/v2/usercollection/" + series.word() + "?", series.word());
      }
      byte[] info = answer(other, token, "/v2/usercollection/personal_info");
      assertThat(schemas.faults("personal_info", info)).isEmpty();
    }
  }

  private void assertListIsValid(OuraCloud other, String token, String path, String items)
      throws IOException {
    String next = "";
    do {
      byte[] page = answer(other, token, path + next);
      assertThat(schemas.listFaults(items, page)).isEmpty();
      JsonNode read = JsonMapper.shared().readTree(page).path("next_token");
      next = read.isNull() ? "" : "&next_token=" + read.asString();
    } while (!next.isEmpty());
  }

  private byte[] answer(OuraCloud other, String token, String path) throws IOException {
    URI url = URI.create(TestClient.text(other.connectorSettings(), "baseUrl") + path);
    HttpResponse<byte[]> answer = client.get(url, token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return answer.body();
  }

  @Test
  void theSandboxIsAsTheVendorDescribesIt() throws IOException {
    String token = accessToken("daily");
    for (OuraType type : OuraType.values()) {
      String path = "/v2/sandbox/usercollection/" + type.path();
      assertListIsValid(cloud, token, path + OuraApiTest.LONG_AGO, type.word());
      String id = cloud.sandboxPerson().ids(type.word()).getFirst();
      assertThat(schemas.faults(type.word(), answer(cloud, token, path + "/" + id))).isEmpty();
    }
    for (OuraSeries series : OuraSeries.values()) {
      String path = "/v2/sandbox/usercollection/" + series.word() + "?";
      assertListIsValid(cloud, token, path, series.word());
    }
  }

  @Test
  void tokenAnswersAreAsTheProtocolDescribesThem() throws IOException {
    JsonNode linked = client.link(cloud, ALL);
    assertThat(schemas.faults("token", linked.toString().getBytes(UTF_8))).isEmpty();
    byte[] refreshed = client.refresh(cloud, linked.path("refresh_token").asString()).body();
    assertThat(schemas.faults("token", refreshed)).isEmpty();
  }

  @Test
  void personalInfoIsAsTheVendorDescribesItWithFewerScopesToo() throws IOException {
    for (String scopes : List.of("daily", "email", "personal")) {
      byte[] info = data("personal_info", accessToken(scopes)).body();
      assertThat(schemas.faults("personal_info", info)).isEmpty();
    }
  }

  @Test
  void subscriptionsAreAsTheVendorDescribesThem() throws IOException {
    Subscriber subscriber = new Subscriber(cloud, client);
    try (Callback callback = new Callback()) {
      for (OuraType type : OuraType.values()) {
        byte[] made = subscriber.subscribe(callback.url(), "update", type.word()).body();
        assertThat(schemas.faults("subscription", made)).isEmpty();
        String id = JsonMapper.shared().readTree(made).path("id").asString();
        byte[] renewed = subscriber.send("PUT", "/renew/" + id, "").body();
        assertThat(schemas.faults("subscription", renewed)).isEmpty();
      }
      assertThat(schemas.faults("subscription-list", subscriber.send("GET", "", "").body()))
          .isEmpty();
      byte[] refused = subscriber.send("POST", "", "{}").body();
      assertThat(schemas.faults("validation_error", refused)).isEmpty();
    }
  }

  @Test
  void bothShapesOfAValidationErrorAreAsTheyWereSeen() throws IOException {
    String token = accessToken();
    for (String query : List.of("?start_date=never", "?next_token=invented")) {
      assertThat(schemas.faults("validation_error", data("sleep" + query, token).body())).isEmpty();
    }
  }

  @Test
  void webhooksAreAsTheVendorDescribesThem() throws IOException {
    accessToken();
    try (WebhookSink sink = new WebhookSink()) {
      cloud.sendWebhooksTo(sink.url());
      for (OuraType type : OuraType.values()) {
        String word = type.word();
        String id = person().create(word).id();
        List<Delivery> all =
            Stream.<BiFunction<String, String, OuraChange>>of(person()::update, person()::delete)
                .flatMap(change -> change.apply(word, id).deliveries().stream())
                .toList();
        assertThat(all).hasSize(2);
        all.forEach(d -> assertThat(schemas.faults("webhook", d.body())).isEmpty());
      }
    }
  }

  @Test
  void theSameSeedAndTimeGiveTheSamePeople() {
    try (OuraCloud one = new OuraCloud(99, new TestClock());
        OuraCloud same = new OuraCloud(99, new TestClock());
        OuraCloud other = new OuraCloud(100, new TestClock())) {
      assertThat(everything(one)).isEqualTo(everything(same)).isNotEqualTo(everything(other));
    }
  }

  private static List<String> everything(OuraCloud cloud) {
    OuraPerson person = cloud.person(cloud.addPerson(9));
    return Stream.of(OuraType.values())
        .map(OuraType::word)
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
    assertThat(documents).anyMatch(text -> text.contains("{\n\t\""));
    assertThat(documents).anyMatch(text -> text.contains("\": \"") && !text.contains("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daily_stress | {\"id\":\"1\"}",
        "daily_stress | {\"id\":\"1\",\"day\":\"2026-11-31\"}",
        "daily_stress | {\"id\":\"1\",\"day\":\"2026-11-20\",\"day_summary\":\"fine\"}",
        "vo2_max | {\"id\":\"\",\"day\":\"2026-11-20\"}",
        "webhook | {\"event_type\":\"create\",\"data_type\":\"heartrate\"}",
        "token | {\"access_token\":\"x\",\"token_type\":\"bearer\",\"scope\":\"daily\"}",
        "subscription | {\"id\":\"1-abc\"}",
        "validation_error | {\"detail\":{}}"
      })
  void theSchemasRefuseWhatTheVendorNeverSends(String schema, String document) {
    assertThat(schemas.faults(schema, document.getBytes(UTF_8))).isNotEmpty();
  }

  @Test
  void aTimeInTheWrongFormIsRefusedBySchemas() {
    String tag = new String(document("tag"), UTF_8);
    assertThat(schemas.faults("tag", tag.getBytes(UTF_8))).isEmpty();
    String zoned = tag.replaceFirst("(T\\d\\d:\\d\\d:\\d\\d)\"", "$1Z\"");
    assertThat(schemas.faults("tag", zoned.getBytes(UTF_8))).isNotEmpty();
    String workout = new String(document("workout"), UTF_8);
    String local = workout.replaceFirst("(T\\d\\d:\\d\\d:\\d\\d\\.\\d{3})[^\"]*\"", "$1\"");
    assertThat(schemas.faults("workout", workout.getBytes(UTF_8))).isEmpty();
    assertThat(schemas.faults("workout", local.getBytes(UTF_8))).isNotEmpty();
  }

  private byte[] document(String type) {
    return person().document(type, person().create(type).id());
  }

  @Test
  void aListIsJudgedItemByItem() {
    String list = "{\"data\":[%s],\"next_token\":null}";
    String good = list.formatted("{\"id\":\"1\",\"day\":\"2026-11-20\"}");
    String bad = list.formatted("{\"id\":\"1\"}");
    assertThat(schemas.listFaults("daily_spo2", good.getBytes(UTF_8))).isEmpty();
    assertThat(schemas.listFaults("daily_spo2", bad.getBytes(UTF_8))).isNotEmpty();
    assertThat(schemas.listFaults("daily_spo2", "{\"data\":[]}".getBytes(UTF_8))).isNotEmpty();
  }
}
