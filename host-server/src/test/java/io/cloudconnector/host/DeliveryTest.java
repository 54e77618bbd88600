package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.host.delivery.Consumer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a vendor's webhook to the operator's, and what an operator can ask about it. */
final class DeliveryTest extends HostTest {
  private final Consumer consumer = new Consumer();

  @AfterEach
  void closeConsumer() {
    consumer.close();
  }

  private void restartWithWebhook() {
    host.restart(
        """

        delivery:
          webhook: { url: '%s', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, retryHorizon: 2h }
        """
            .formatted(consumer.url()));
    api = host.api();
  }

  private JsonNode delivery() {
    return api.get("/v1/delivery").json();
  }

  @Test
  void aChangeAtTheVendorReachesTheOperatorsWebhook() {
    String account = host.link("anna");
    acme.put(account, "run/7", "{\"pace\":4.10}");
    restartWithWebhook();
    acme.notice(account, "run.updated", "7");

    await().until(() -> consumer.taken().size() == 2);

    assertThat(consumer.taken().getLast().json()).isEqualTo(api.events("data.updated").getFirst());
    await().until(() -> delivery().get("lagEvents").asInt() == 0);
    JsonNode status = delivery();
    assertThat(status.get("url").asString())
        .isEqualTo(consumer.url().toString().replaceFirst("\\?.*", ""));
    assertThat(status.get("state").asString()).isEqualTo("delivering");
    assertThat(status.get("position").asString())
        .isEqualTo(api.get("/v1/events").json().get("next").asString());
    assertThat(api.get("/metrics").text())
        .contains(
            "connector_delivery_delivered_total 2.0",
            "connector_delivery_lag_events 0.0",
            "connector_delivery_lag_seconds 0.0",
            "connector_delivery_state 0.0",
            "connector_delivery_parked_now 0.0",
            "connector_eventlog_purge_held 0.0");
  }

  @Test
  void whatWasDeliveredIsSentAgainByRequest() {
    host.link("anna");
    restartWithWebhook();
    await().until(() -> delivery().get("lagEvents").asInt() == 0);

    assertThat(api.post("/v1/delivery/replay", "{\"after\":\"c0\"}").status()).isEqualTo(202);

    await().until(() -> consumer.taken().size() == 2);
    assertThat(consumer.takenIds().stream().distinct()).hasSize(1);
    String far = "{\"after\":\"c900\"}";
    assertThat(api.post("/v1/delivery/replay", far).problem()).isEqualTo("not-delivered-yet");
    assertThat(api.post("/v1/delivery/replay", "{\"after\":\"x\"}").problem())
        .isEqualTo("bad-request");
    assertThat(api.withKey(RunningHost.READ_ONLY_KEY).post("/v1/delivery/replay", far).problem())
        .isEqualTo("read-only-key");
  }

  @Test
  void aWebhookThatIsGoneIsResumedByRequest() {
    consumer.answers(410);
    host.link("anna");
    restartWithWebhook();
    await().until(() -> delivery().get("state").asString().equals("parked"));
    assertThat(delivery().get("why").asString()).isEqualTo("answered 410 Gone");
    assertThat(delivery().get("lagEvents").asInt()).isOne();
    consumer.answers(200);

    assertThat(api.post("/v1/delivery/resume").status()).isEqualTo(202);

    await().until(() -> consumer.taken().size() == 1);
    await().until(() -> delivery().get("state").asString().equals("delivering"));
    assertThat(api.post("/v1/delivery/resume").problem()).isEqualTo("not-parked");
  }

  @Test
  void aParkedEventIsListedSentOnceMoreOrLetGo() {
    host.link("anna");
    host.link("ben");
    String bad = api.events().getFirst().get("id").asString();
    String good = api.events().getLast().get("id").asString();
    consumer.answers(request -> Consumer.Answer.of(request.id().equals(bad) ? 422 : 200));
    restartWithWebhook();
    // Two hours are counted in parts, while others are taken.
    await()
        .until(
            () -> {
              host.clock.advance(Duration.ofHours(1));
              int before = consumer.taken().size();
              host.relink("ben");
              await().until(() -> consumer.taken().size() > before);
              return delivery().get("parked").asInt() == 1;
            });
    JsonNode parked = api.get("/v1/delivery/parked").json().at("/parked/0");
    assertThat(parked.get("eventId").asString()).isEqualTo(bad).isNotEqualTo(good);
    assertThat(parked.get("why").asString()).isEqualTo("answered 422");
    String path = "/v1/delivery/parked/" + parked.get("id").asString();

    assertThat(api.post(path + "/replay").status()).isEqualTo(202);
    await()
        .until(
            () -> api.get("/v1/delivery/parked").json().at("/parked/0/attempts").asInt(),
            attempts -> attempts > parked.get("attempts").asInt());
    assertThat(api.delete(path).status()).isEqualTo(204);

    assertThat(api.delete(path).problem()).isEqualTo("not-found");
    assertThat(api.post(path + "/replay").problem()).isEqualTo("not-found");
    assertThat(api.get("/v1/delivery/parked").json().get("parked")).isEmpty();
  }

  @Test
  void withoutAWebhookThereIsNothingToAsk() {
    for (String path : new String[] {"/v1/delivery", "/v1/delivery/parked"}) {
      assertThat(api.get(path).problem()).isEqualTo("no-delivery-webhook");
    }
    for (String path : new String[] {"resume", "replay", "parked/c1/replay"}) {
      assertThat(api.post("/v1/delivery/" + path, "{\"after\":\"c0\"}").problem())
          .isEqualTo("no-delivery-webhook");
    }
    assertThat(api.delete("/v1/delivery/parked/c1").problem()).isEqualTo("no-delivery-webhook");
  }

  @Test
  void aReaderWhoWasAwayForTooLongIsTold() {
    host.link("anna");
    host.clock.advance(Duration.ofHours(3));
    restart("\ndelivery: { retention: { maxAge: 1h } }");
    await().until(() -> api.events().isEmpty());

    assertThat(api.get("/v1/events?after=c0").problem()).isEqualTo("cursor-expired");
    assertThat(api.get("/v1/events/stream?after=c0").problem()).isEqualTo("cursor-expired");
    String next = api.get("/v1/events").json().get("next").asString();
    host.link("ben");
    assertThat(api.get("/v1/events?after=" + next).json().get("events")).hasSize(1);
  }

  @Test
  void whatTheWebhookHasNotHadIsKeptAndTold() {
    consumer.answers(500);
    host.link("anna");
    host.clock.advance(Duration.ofHours(3));
    host.restart(
        """

        delivery:
          webhook: { url: '%s', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
          retention: { maxAge: 1h }
        """
            .formatted(consumer.url()));
    api = host.api();

    await().until(() -> api.get("/metrics").text().contains("connector_eventlog_purge_held 1.0"));
    assertThat(api.events()).hasSize(1);
    assertThat(delivery().get("lagSeconds").asInt()).isGreaterThan(3 * 3600 - 60);
  }
}
