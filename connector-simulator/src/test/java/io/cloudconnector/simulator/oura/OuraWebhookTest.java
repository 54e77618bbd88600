package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.WebhookSink;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OuraWebhookTest extends OuraTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Callback callback = new Callback();
  private final Subscriber subscriber = new Subscriber(cloud, client);

  @BeforeEach
  void linked() throws IOException {
    accessToken();
  }

  @AfterEach
  void closeCallback() {
    callback.close();
  }

  private void subscribe(String event, String data) throws IOException {
    assertThat(subscriber.subscribe(callback.url(), event, data).statusCode()).isEqualTo(201);
  }

  private static void awaitOver(List<Delivery> deliveries) throws InterruptedException {
    for (Delivery delivery : deliveries) {
      assertThat(delivery.awaitOver(PATIENCE)).isTrue();
    }
  }

  @Test
  void tellsASubscriberWhatHappened() throws Exception {
    subscribe("create", "workout");
    OuraChange change = person().create("workout");
    awaitOver(change.deliveries());
    assertThat(change.deliveries()).hasSize(1);
    JsonNode message = message(callback.messages().getFirst());
    assertThat(message.propertyNames())
        .containsExactly("event_type", "data_type", "object_id", "event_time", "user_id");
    assertThat(message.path("event_type").asString()).isEqualTo("create");
    assertThat(message.path("data_type").asString()).isEqualTo("workout");
    assertThat(message.path("object_id").asString()).isEqualTo(change.id());
    assertThat(message.path("user_id").asString()).isEqualTo(account);
    assertThat(message.path("event_time").asString()).isEqualTo("2026-11-20T16:20:00.123000+00:00");
  }

  private static JsonNode message(SimulatedRequest request) {
    return JsonMapper.shared().readTree(request.body());
  }

  @Test
  void tellsNobodyOfWhatNobodySubscribedTo() throws Exception {
    subscribe("create", "workout");
    String id = person().ids("workout").getFirst();
    assertThat(person().update("workout", id).deliveries()).isEmpty();
    assertThat(person().create("tag").deliveries()).isEmpty();
    assertThat(person().delete("workout", id).deliveries()).isEmpty();
  }

  @Test
  void signsInUpperCaseHexOverTimeAndRawBody() throws Exception {
    subscribe("create", "workout");
    awaitOver(person().create("workout").deliveries());
    SimulatedRequest received = callback.messages().getFirst();
    String timestamp = received.header("x-oura-timestamp").orElseThrow();
    assertThat(timestamp).isEqualTo(Long.toString(clock.instant().getEpochSecond()));
    assertThat(received.header("x-oura-signature"))
        .contains(signature(timestamp, received.body()))
        .hasValueSatisfying(text -> assertThat(text).matches("[0-9A-F]{64}"));
    assertThat(cloud.signed(received.body()))
        .containsEntry("x-oura-signature", signature(timestamp, received.body()));
  }

  private String signature(String timestamp, byte[] body) throws GeneralSecurityException {
    String secret = TestClient.text(cloud.connectorSettings(), "clientSecret");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    mac.update((timestamp + new String(body, UTF_8)).getBytes(UTF_8));
    return HexFormat.of().withUpperCase().formatHex(mac.doFinal());
  }

  @Test
  void aForgedWebhookDoesNotVerify() throws Exception {
    subscribe("create", "workout");
    cloud.webhooks().misbehave(1, new Mischief.Forge());
    awaitOver(person().create("workout").deliveries());
    SimulatedRequest received = callback.messages().getFirst();
    String timestamp = received.header("x-oura-timestamp").orElseThrow();
    assertThat(received.header("x-oura-signature").orElseThrow())
        .hasSize(64)
        .isNotEqualTo(signature(timestamp, received.body()));
  }

  @Test
  void repeatsWhatIsNotTakenButAGoneAnswerCancelsTheSubscription() throws Exception {
    cloud.webhooks().repeatAfter(List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
    subscribe("create", "workout");
    subscribe("create", "tag");
    callback.answer(500);
    OuraChange refused = person().create("workout");
    awaitOver(refused.deliveries());
    assertThat(refused.deliveries().getFirst().statuses()).containsExactly(500, 500, 500);
    callback.answer(410);
    OuraChange gone = person().create("workout");
    awaitOver(gone.deliveries());
    assertThat(gone.deliveries().getFirst().statuses()).containsExactly(410);
    assertThat(cloud.subscriptions().find("create", "workout")).isEmpty();
    assertThat(cloud.subscriptions().find("create", "tag")).isPresent();
    assertThat(person().create("workout").deliveries()).isEmpty();
  }

  @Test
  void anExpiredOrLostSubscriptionIsSilent() throws Exception {
    subscribe("create", "workout");
    cloud.subscriptions().drop(cloud.subscriptions().all().getFirst().id());
    assertThat(person().create("workout").deliveries()).isEmpty();
    subscribe("create", "workout");
    clock.advance(Duration.ofDays(91));
    assertThat(person().create("workout").deliveries()).isEmpty();
  }

  @Test
  void withoutAnySubscriptionEverTheGivenAddressIsTold() throws Exception {
    try (WebhookSink sink = new WebhookSink()) {
      assertThat(person().create("tag").deliveries()).isEmpty();
      cloud.sendWebhooksTo(sink.url());
      awaitOver(person().create("tag").deliveries());
      assertThat(sink.received()).hasSize(1);
      subscribe("create", "workout");
      assertThat(person().create("tag").deliveries()).isEmpty();
      awaitOver(person().create("workout").deliveries());
      cloud.subscriptions().dropAll();
      assertThat(person().create("workout").deliveries()).isEmpty();
      assertThat(sink.received()).hasSize(1);
      assertThat(callback.messages()).hasSize(1);
    }
  }

  @Test
  void aNightIsToldInTheOrderOfWriting() throws Exception {
    List<String> types = new ArrayList<>(List.of("sleep"));
    OuraGenerator.MORNING.forEach(type -> types.add(type.word()));
    for (String type : types) {
      subscribe("create", type);
      subscribe("update", type);
    }
    assertThat(told(person().newNight())).containsExactlyElementsOf(prefixed("create", types));
    List<String> again = new ArrayList<>(prefixed("update", types));
    again.set(0, "create sleep");
    assertThat(told(person().newNight())).containsExactlyElementsOf(again);
  }

  private static List<String> prefixed(String event, List<String> types) {
    return types.stream().map(type -> event + " " + type).toList();
  }

  private static List<String> told(OuraChange change) throws InterruptedException {
    awaitOver(change.deliveries());
    return change.deliveries().stream()
        .map(delivery -> JsonMapper.shared().readTree(delivery.body()))
        .map(json -> json.path("event_type").asString() + " " + json.path("data_type").asString())
        .toList();
  }

  @Test
  void aDayOfWebhooksCanBeLostWhileItsDocumentsAreThere() throws Exception {
    subscribe("create", "workout");
    cloud.webhooks().misbehave(10_000, new Mischief.Lose());
    OuraChange lost = person().create("workout");
    assertThat(lost.deliveries()).isEmpty();
    cloud.webhooks().behave();
    awaitOver(person().create("workout").deliveries());
    assertThat(callback.messages()).hasSize(1);
    assertThat(person().ids("workout")).contains(lost.id());
  }

  @Test
  void sendsNothingForAnAccountThatNobodyLinked() throws IOException {
    subscribe("create", "workout");
    OuraPerson stranger = cloud.person(cloud.addPerson());
    assertThat(stranger.create("workout").deliveries()).isEmpty();
    cloud.oauth().revoke(account);
    assertThat(person().create("workout").deliveries()).isEmpty();
    assertThat(cloud.makeChange()).isEmpty();
  }

  @Test
  void whatAWebhookTellsIsAlreadyThereToFetch() throws IOException {
    String token = accessToken();
    String id = person().create("session").id();
    assertThat(data("session/" + id, token).body()).isEqualTo(person().document("session", id));
    person().delete("session", id);
    assertThat(data("session/" + id, token).statusCode()).isEqualTo(404);
    assertThatThrownBy(() -> person().update("session", id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(id);
  }

  @Test
  void lifeGoesOnThroughAllKindsOfChange() throws Exception {
    try (WebhookSink sink = new WebhookSink()) {
      cloud.sendWebhooksTo(sink.url());
      Set<String> kinds = new HashSet<>();
      for (int i = 0; i < 250; i++) {
        clock.advance(Duration.ofMinutes(40));
        List<Delivery> deliveries = cloud.makeChange();
        assertThat(deliveries).isNotEmpty();
        awaitOver(deliveries);
        for (Delivery delivery : deliveries) {
          kinds.add(JsonMapper.shared().readTree(delivery.body()).path("event_type").asString());
        }
      }
      assertThat(kinds).containsExactlyInAnyOrder("create", "update", "delete");
      assertThat(cloud.webhooks().acknowledged()).hasSameSizeAs(cloud.webhooks().deliveries());
    }
  }
}
