package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.VendorSchemas;
import io.cloudconnector.simulator.WebhookSink;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WhoopWebhookTest extends WhoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WebhookSink sink = new WebhookSink();

  @BeforeEach
  void register() {
    cloud.sendWebhooksTo(sink.url());
  }

  @AfterEach
  void closeSink() {
    sink.close();
  }

  record Case(
      String name, BiFunction<WhoopPerson, String, WhoopChange> change, String on, String types) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> changes() {
    return Stream.of(
        new Case("new workout", (p, id) -> p.newWorkout(), "workout", "workout.updated"),
        new Case("edited workout", WhoopPerson::updateWorkout, "workout", "workout.updated"),
        new Case("deleted workout", WhoopPerson::deleteWorkout, "workout", "workout.deleted"),
        new Case("a nap", (p, id) -> p.newNap(), "sleep", "sleep.updated"),
        new Case("a night", (p, id) -> p.newSleep(), "sleep", "sleep.updated recovery.updated"),
        new Case(
            "edited sleep", WhoopPerson::updateSleep, "recovery", "sleep.updated recovery.updated"),
        new Case(
            "deleted sleep",
            WhoopPerson::deleteSleep,
            "recovery",
            "sleep.deleted recovery.deleted"),
        new Case(
            "rescored recovery",
            (p, id) -> p.rescore("recovery", id, ScoreState.SCORED),
            "recovery",
            "recovery.updated"),
        new Case("edited cycle", WhoopPerson::updateCycle, "cycle", ""));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void tellsEachChangeInItsEventTypes(Case change) throws Exception {
    accessToken();
    String before = person().ids(change.on()).getFirst();
    WhoopChange happened = change.change().apply(person(), before);
    List<String> types = new ArrayList<>();
    for (Delivery delivery : happened.deliveries()) {
      assertThat(delivery.awaitOver(PATIENCE)).isTrue();
      assertThat(delivery.acknowledged()).isTrue();
      JsonNode message = JsonMapper.shared().readTree(delivery.body());
      assertThat(new VendorSchemas("whoop").faults("webhook", delivery.body())).isEmpty();
      assertThat(message.path("id").asString()).isEqualTo(happened.id());
      assertThat(message.path("user_id").asString()).isEqualTo(account);
      assertThat(message.path("trace_id").asString()).isEqualTo(delivery.eventId());
      types.add(message.path("type").asString());
    }
    assertThat(String.join(" ", types)).isEqualTo(change.types());
    assertThat(sink.received()).hasSameSizeAs(types);
  }

  @Test
  void signsTheTimeAndTheRawBodyWithTheClientSecret() throws Exception {
    accessToken();
    person().newWorkout().deliveries().getFirst().awaitOver(PATIENCE);
    SimulatedRequest received = sink.received().getFirst();
    String timestamp = received.header("X-WHOOP-Signature-Timestamp").orElseThrow();
    assertThat(timestamp).isEqualTo(Long.toString(clock.instant().toEpochMilli()));
    assertThat(received.header("X-WHOOP-Signature")).contains(signature(timestamp, received));
    assertThat(cloud.signed(received.body()))
        .as("by whoever sends it")
        .containsEntry("X-WHOOP-Signature-Timestamp", timestamp)
        .containsEntry("X-WHOOP-Signature", signature(timestamp, received));
  }

  private String signature(String timestamp, SimulatedRequest received)
      throws GeneralSecurityException {
    String secret = TestClient.text(cloud.connectorSettings(), "clientSecret");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    mac.update((timestamp + new String(received.body(), UTF_8)).getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(mac.doFinal());
  }

  @Test
  void aForgedWebhookDoesNotVerify() throws Exception {
    accessToken();
    cloud.webhooks().misbehave(1, new Mischief.Forge());
    person().newWorkout().deliveries().getFirst().awaitOver(PATIENCE);
    SimulatedRequest received = sink.received().getFirst();
    String timestamp = received.header("X-WHOOP-Signature-Timestamp").orElseThrow();
    String sent = received.header("X-WHOOP-Signature").orElseThrow();
    assertThat(sent).hasSize(44).isNotEqualTo(signature(timestamp, received));
  }

  @Test
  void sendsNothingForAnAccountThatNobodyLinked() {
    assertThat(person().newWorkout().deliveries()).isEmpty();
    assertThat(cloud.makeChange()).isEmpty();
  }

  @Test
  void sharesTraceIdsOnlyWhenToldTo() throws IOException {
    accessToken();
    String id = person().ids("recovery").getFirst();
    assertThat(traceIds(person().updateSleep(id))).hasSize(2);
    cloud.shareTraceIds(true);
    assertThat(traceIds(person().updateSleep(id))).hasSize(1);
  }

  private static Set<String> traceIds(WhoopChange change) {
    Set<String> ids = new HashSet<>();
    change.deliveries().forEach(delivery -> ids.add(delivery.eventId()));
    return ids;
  }

  @Test
  void whatAWebhookTellsIsAlreadyThereToFetch() throws IOException {
    String token = accessToken();
    String id = person().newSleep().id();
    assertThat(get("/v2/activity/sleep/" + id, token).body())
        .isEqualTo(person().document("sleep", id));
    person().deleteSleep(id);
    assertThat(get("/v2/activity/sleep/" + id, token).statusCode()).isEqualTo(404);
    assertThat(person().ids("recovery")).doesNotContain(id);
    assertThatThrownBy(() -> person().updateSleep(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(id);
  }

  @Test
  void anEditChangesTheDocumentAndItsTimeEvenWhileTheClockStands() {
    String id = person().ids("workout").getFirst();
    byte[] first = person().document("workout", id);
    person().updateWorkout(id);
    byte[] second = person().document("workout", id);
    assertThat(second).isNotEqualTo(first);
    person().updateWorkout(id);
    assertThat(person().document("workout", id)).isNotEqualTo(second);
  }

  @Test
  void aNightEndsTheOpenCycleAndOpensTheNext() throws IOException {
    String token = accessToken();
    String open = person().ids("cycle").getFirst();
    person().newSleep();
    String next = person().ids("cycle").getFirst();
    assertThat(next).isNotEqualTo(open);
    JsonNode ended = TestClient.json(get("/v2/cycle/" + open, token));
    JsonNode begun = TestClient.json(get("/v2/cycle/" + next, token));
    assertThat(ended.path("end")).isEqualTo(begun.path("start"));
    assertThat(begun.has("end")).isFalse();
  }

  @Test
  void lifeGoesOnThroughAllKindsOfChange() throws Exception {
    accessToken();
    Set<String> types = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      clock.advance(Duration.ofMinutes(20));
      for (Delivery delivery : cloud.makeChange()) {
        types.add(JsonMapper.shared().readTree(delivery.body()).path("type").asString());
        assertThat(delivery.awaitOver(PATIENCE)).isTrue();
      }
    }
    assertThat(types).hasSize(6);
    assertThat(cloud.webhooks().acknowledged()).hasSameSizeAs(cloud.webhooks().deliveries());
  }
}
