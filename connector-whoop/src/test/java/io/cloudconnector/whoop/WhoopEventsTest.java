package io.cloudconnector.whoop;

import static io.cloudconnector.whoop.WhoopSamples.SLEEP_ID;
import static io.cloudconnector.whoop.WhoopSamples.USER_ID;
import static io.cloudconnector.whoop.WhoopSamples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Notice;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.FakeWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhoopEventsTest {
  private static final String TRACE = "e369c784-5100-49e8-8098-75d35c47b31b";

  @ParameterizedTest
  @ValueSource(strings = {"workout", "sleep", "recovery"})
  void tellsWhatChangedAndWhatWasDeleted(String type) {
    WebhookEvent updated = one(event(type + ".updated", SLEEP_ID));
    WebhookEvent deleted = one(event(type + ".deleted", SLEEP_ID));

    assertThat(updated.notice())
        .isInstanceOfSatisfying(
            Notice.Changed.class,
            said -> {
              assertThat(said.resource()).isEqualTo(Resource.one(type, SLEEP_ID));
              assertThat(said.accountId()).isEqualTo("" + USER_ID);
            });
    assertThat(deleted.notice())
        .isInstanceOfSatisfying(
            Notice.Deleted.class,
            said -> {
              assertThat(said.resource()).isEqualTo(Resource.one(type, SLEEP_ID));
              assertThat(said.accountId()).isEqualTo("" + USER_ID);
            });
    assertThat(updated.vendorType()).contains(type + ".updated");
    assertThat(updated.traceId()).contains(TRACE);
  }

  @Test
  void givesTheSleepAndTheRecoveryOfOneTraceDifferentKeys() {
    List<Optional<String>> keys =
        List.of(
            one(event("sleep.updated", SLEEP_ID)).dedupeKey(),
            one(event("recovery.updated", SLEEP_ID)).dedupeKey(),
            one(event("sleep.deleted", SLEEP_ID)).dedupeKey());

    assertThat(keys).doesNotHaveDuplicates().doesNotContain(Optional.empty());
    assertThat(one(event("sleep.updated", SLEEP_ID)).dedupeKey()).isEqualTo(keys.getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"trace_id\":null", ",\"trace_id\":\"\""})
  void swallowsNothingWhenThereIsNoTraceId(String trace) {
    WebhookEvent event =
        one(
            "{\"user_id\":1,\"id\":\"%s\",\"type\":\"sleep.updated\"%s}"
                .formatted(SLEEP_ID, trace));

    assertThat(event.dedupeKey()).isEmpty();
    assertThat(event.traceId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cycle.updated", "sleep.created", "SLEEP.UPDATED", "", "a\\nb"})
  void ignoresTypesItDoesNotKnow(String type) {
    assertThat(read("{\"user_id\":1,\"id\":7,\"type\":\"%s\"}".formatted(type))).isEmpty();
  }

  @Test
  void acknowledgesATypeItDoesNotKnow() {
    try (FakeHost host = FakeHost.of(new WhoopConnectorFactory())) {
      Instant now = host.context().clock().instant();
      Secret secret = host.context().config().clientSecret();
      byte[] body = event("cycle.updated", SLEEP_ID).getBytes(StandardCharsets.UTF_8);
      FakeWebhook signed = WhoopSigner.sign(FakeWebhook.post(body, now), secret, now);

      assertThat(host.context().intake().receive(signed).status()).isEqualTo(200);
      assertThat(host.context().store().events()).isEmpty();
    }
  }

  @Test
  void tellsThatAnEventOfV1NeedsAnotherModelVersion() {
    assertThatThrownBy(
            () ->
                read("{\"user_id\":1,\"id\":93845,\"type\":\"sleep.updated\",\"trace_id\":\"t\"}"))
        .isInstanceOf(WebhookException.class)
        .hasMessageContaining("/id")
        .hasMessageContaining("model version to v2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user_id  | {'id':'%s','type':'sleep.updated','user_id':'1'}",
        "user_id  | {'id':'%s','type':'sleep.updated','user_id':99999999999999999999}",
        "trace_id | {'id':'%s','type':'sleep.updated','user_id':1,'trace_id':7}",
      },
      quoteCharacter = '`')
  void namesTheFieldThatIsOfAWrongType(String field, String body) {
    assertThatThrownBy(() -> read(body.replace('\'', '"').formatted(SLEEP_ID)))
        .isInstanceOfSatisfying(WebhookException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining("/" + field);
  }

  private static WebhookEvent one(String body) {
    List<WebhookEvent> events = read(body);
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static List<WebhookEvent> read(String body) {
    return WhoopEvents.read(body.getBytes(StandardCharsets.UTF_8));
  }
}
