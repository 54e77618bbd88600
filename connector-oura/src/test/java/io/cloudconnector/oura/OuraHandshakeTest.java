package io.cloudconnector.oura;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.core.Json;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.FakeWebhook;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Oura's test of the webhook address, through the host's intake. */
class OuraHandshakeTest {
  private static final Instant NOW = Instant.parse("2026-01-15T08:00:00Z");

  private final FakeHost host = FakeHost.of(new OuraConnectorFactory());
  private final Secret token = new OuraHandshake(host.context().state()).token();

  @AfterEach
  void close() {
    host.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc123",
        "",
        "with space+plus",
        "\"},{\"x\":\"\\",
        "a\nb\u0001",
        "\u00e9\ud83d\ude00"
      })
  void givesTheChallengeBackAsJson(String challenge) {
    WebhookReply reply =
        get("verification_token=" + token.reveal() + "&challenge=" + url(challenge));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.mediaType()).contains("application/json");
    Json body = Json.parse(reply.text().getBytes(StandardCharsets.UTF_8));
    assertThat(body.members()).hasSize(1);
    assertThat(body.at("/challenge").text()).isEqualTo(challenge);
  }

  @Test
  void refusesEveryOtherToken() {
    String right = token.reveal();
    for (String query :
        new String[] {
          "challenge=c",
          "verification_token=&challenge=c",
          "verification_token&challenge=c",
          "verification_token=wrong&challenge=c",
          "verification_token=" + right.substring(1) + "&challenge=c",
          "verification_token=" + right + "x&challenge=c",
          "verification_token=" + right + "&verification_token=" + right + "&challenge=c",
          "verification_token=wrong&verification_token=" + right + "&challenge=c",
          "verification_token=" + right + "&verification%5Ftoken=wrong&challenge=c",
          "verification_token=" + right + "&challenge=c&challenge=d",
          "verification_token=" + right
        }) {
      WebhookReply reply = get(query);
      assertThat(reply.status()).as(query).isEqualTo(401);
      assertThat(reply.text()).isEmpty();
    }
  }

  @Test
  void refusesEveryTokenWhileNoneIsKnown() {
    host.context().state().remove(OuraHandshake.TOKEN);

    assertThat(get("verification_token=" + token.reveal() + "&challenge=c").status())
        .isEqualTo(401);
  }

  @Test
  void believesWhatAnotherHostHasWrittenSince() {
    get("verification_token=wrong&challenge=c");
    host.context().state().write(OuraHandshake.TOKEN, Secret.of("of-another-host"));

    assertThat(get("verification_token=of-another-host&challenge=c").status()).isEqualTo(200);
    assertThat(get("verification_token=" + token.reveal() + "&challenge=c").status())
        .isEqualTo(401);
  }

  @Test
  void leavesEveryOtherRequestToTheHost() {
    assertThat(host.connector().answerHandshake(FakeWebhook.get("a=b", NOW))).isEmpty();
    assertThat(host.connector().answerHandshake(FakeWebhook.post(new byte[0], NOW))).isEmpty();
    assertThat(get("a=b").status()).isEqualTo(404);
  }

  @Test
  void makesOneTokenThatNobodyGuesses() {
    assertThat(token.reveal()).matches("[A-Za-z0-9_-]{43}");
    assertThat(new OuraHandshake(host.context().state()).token()).isEqualTo(token);
    try (FakeHost other = FakeHost.of(new OuraConnectorFactory())) {
      assertThat(new OuraHandshake(other.context().state()).token()).isNotEqualTo(token);
    }
  }

  private WebhookReply get(String query) {
    return host.context().intake().receive(FakeWebhook.get(query, NOW));
  }

  private static String url(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
