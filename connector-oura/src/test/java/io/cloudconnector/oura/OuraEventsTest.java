package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Notice;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.FakeWebhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Oura's webhooks say, and what of them is believed. */
class OuraEventsTest {
  @ParameterizedTest
  @CsvSource({"create", "update", "merge"})
  void fetchesWhatMayHaveChanged(String event) {
    WebhookEvent said = read(OuraSamples.notice(event, "sleep", "2-a"));

    assertThat(said.notice())
        .isInstanceOfSatisfying(
            Notice.Changed.class,
            changed -> {
              assertThat(changed.accountId()).isEqualTo(OuraSamples.USER_ID);
              assertThat(changed.resource()).isEqualTo(Resource.one("sleep", "2-a"));
            });
    assertThat(said.vendorType()).contains("sleep." + event);
  }

  @Test
  void believesADeletion() {
    assertThat(read(OuraSamples.notice("delete", "workout", "w-1")).notice())
        .isInstanceOfSatisfying(
            Notice.Deleted.class,
            deleted -> assertThat(deleted.resource()).isEqualTo(Resource.one("workout", "w-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vo2_max", "vO2_max"})
  void knowsVo2MaxInEitherSpelling(String type) {
    assertThat(read(OuraSamples.notice("update", type, "v-1")).notice())
        .isInstanceOfSatisfying(
            Notice.Changed.class,
            changed -> assertThat(changed.resource()).isEqualTo(Resource.one("vo2_max", "v-1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"meal", "daily_cycle_phases"})
  void passesTheNoticeOnWhereItKnowsNoDocument(String type) {
    for (String event : List.of("create", "delete")) {
      String body = OuraSamples.notice(event, type, "m-1");

      assertThat(read(body).notice())
          .isInstanceOfSatisfying(
              Notice.Carried.class,
              carried -> {
                assertThat(carried.data().resource()).isEqualTo(Resource.one(type, "m-1"));
                assertThat(new String(carried.data().bytes(), UTF_8)).isEqualTo(body);
              });
    }
  }

  /** The notice would stand in the place of the day that is fetched. */
  @ParameterizedTest
  @ValueSource(strings = {"heartrate", "ring_battery_level", "personal_info"})
  void takesNoNoticeForADocumentThatIsLookedFor(String type) {
    assertThat(read(OuraSamples.notice("update", type, "2026-11-27")).notice())
        .isInstanceOf(Notice.Unreadable.class);
  }

  @Test
  void tellsTwoChangesOfADocumentFromOneThatIsToldTwice() {
    String first = OuraSamples.notice("update", "sleep", "2-a");
    List<String> others =
        List.of(
            OuraSamples.notice("create", "sleep", "2-a"),
            OuraSamples.notice("update", "sleep", "2-b"),
            OuraSamples.notice("update", "workout", "2-a"),
            first.replace(OuraSamples.USER_ID, "another"),
            first.replace("06:55:31.123456", "06:55:31.123457"));

    assertThat(read(first).dedupeKey()).isPresent().isEqualTo(read(first).dedupeKey());
    for (String other : others) {
      assertThat(read(other).dedupeKey()).isPresent().isNotEqualTo(read(first).dedupeKey());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "true", "[1]"})
  void takesNoNoticeWithoutATimeForARepeat(String time) {
    String body =
        OuraSamples.notice("update", "sleep", "2-a")
            .replace("\"2026-01-14T06:55:31.123456+00:00\"", time);

    assertThat(read(body).dedupeKey()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../personal_info\"",
        "\"%2e%2e\"",
        "\"..\"",
        "\"\"",
        "\"a/b\"",
        "\"a\\u0000b\"",
        "17",
        "1.5",
        "true",
        "null",
        "[\"a\"]",
        "{\"a\":\"b\"}"
      })
  void keepsASignedNoticeWhoseIdIsNoneAndAsksForNothing(String id) {
    assertQuarantined(notice("sleep", id));
    assertQuarantined(notice("meal", id));
  }

  @Test
  void keepsASignedNoticeOfWhateverIsWithoutMeasure() {
    String endless = "\"" + "a".repeat(10_240) + "\"";

    assertQuarantined(notice("sleep", endless));
    assertQuarantined(OuraSamples.notice("e".repeat(10_240), "sleep", "2-a"));
    assertQuarantined(OuraSamples.notice("update", "t".repeat(10_240), "2-a"));
    assertQuarantined(
        OuraSamples.notice("update", "sleep", "2-a")
            .replace(OuraSamples.USER_ID, "u".repeat(10_240)));
  }

  private static String notice(String type, String idAsJson) {
    return OuraSamples.notice("update", type, "ID").replace("\"ID\"", idAsJson);
  }

  private static void assertQuarantined(String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            WebhookException.class, refused -> assertThat(refused.status()).isEqualTo(400));
    try (FakeHost host = FakeHost.of(new OuraConnectorFactory())) {
      FakeWebhook signed =
          OuraSigner.sign(
              FakeWebhook.post(body.getBytes(UTF_8), now(host)), secret(host), now(host));

      assertThat(host.context().intake().receive(signed).status()).isEqualTo(400);
      assertThat(host.context().store().quarantine()).hasSize(1);
      assertThat(host.context().store().events()).isEmpty();
      assertThat(host.vendor().calls()).isEmpty();
    }
  }

  @Test
  void takesASignatureInEitherCase() {
    try (FakeHost host = FakeHost.of(new OuraConnectorFactory())) {
      FakeWebhook signed = signed(host, "1768377331");
      String hex = signed.header("x-oura-signature").orElseThrow();

      assertThat(hex).matches("[0-9A-F]{64}");
      assertThat(host.connector().verifyWebhook(signed)).isTrue();
      assertThat(
              host.connector()
                  .verifyWebhook(signed.header("x-oura-signature", hex.toLowerCase(Locale.ROOT))))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "soon", "2020-01-01", "1234567890"})
  void asksForNoFreshnessUnlessTheOperatorDoes(String timestamp) {
    try (FakeHost host = FakeHost.of(new OuraConnectorFactory())) {
      assertThat(host.context().config().webhookTolerance()).isEmpty();
      assertThat(host.connector().verifyWebhook(signed(host, timestamp))).isTrue();
    }
  }

  @Test
  void readsTheTimeInWhateverUnitOuraMeansWhereTheOperatorAsksForFreshness() {
    try (FakeHost host = tolerant()) {
      Instant now = now(host);
      List<String> fresh = new ArrayList<>();
      List<String> stale = new ArrayList<>(List.of("soon", ""));
      for (Instant sent : List.of(now, now.minus(Duration.ofMinutes(9)))) {
        fresh.addAll(written(sent));
        stale.addAll(written(sent.minus(Duration.ofHours(1))));
      }

      assertThat(fresh).allMatch(time -> host.connector().verifyWebhook(signed(host, time)));
      assertThat(stale).noneMatch(time -> host.connector().verifyWebhook(signed(host, time)));
    }
  }

  private static List<String> written(Instant time) {
    String iso = time.toString();
    return List.of(
        Long.toString(time.getEpochSecond()),
        Long.toString(time.toEpochMilli()),
        iso,
        iso.substring(0, iso.length() - 1),
        iso.replace("Z", ".250+00:00"));
  }

  @Test
  void looksUpNoRealDocumentInTheSandbox() {
    try (FakeHost host = sandboxed()) {
      FakeWebhook notice =
          FakeWebhook.post(OuraSamples.notice("update", "sleep", "2-a").getBytes(UTF_8), now(host));

      assertThat(host.connector().parseEvents(notice)).isEmpty();
      assertThat(host.connector().subscriptions()).isEmpty();
    }
  }

  private static FakeHost sandboxed() {
    return FakeHost.of(new OuraConnectorFactory(), config -> config.setting("sandbox", "true"));
  }

  private static FakeHost tolerant() {
    return FakeHost.of(
        new OuraConnectorFactory(), config -> config.webhookTolerance(Duration.ofMinutes(10)));
  }

  private static FakeWebhook signed(FakeHost host, String timestamp) {
    byte[] body = OuraSamples.notice("update", "sleep", "2-a").getBytes(UTF_8);
    return OuraSigner.sign(FakeWebhook.post(body, now(host)), secret(host), timestamp);
  }

  private static Secret secret(FakeHost host) {
    return host.context().config().clientSecret();
  }

  private static Instant now(FakeHost host) {
    return host.context().clock().instant();
  }

  private static WebhookEvent read(String body) {
    return OuraEvents.read(body.getBytes(UTF_8));
  }
}
