package io.cloudconnector.oura;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.LimitReading;
import io.cloudconnector.testkit.FakeReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OuraLimitsTest {
  private static final Instant RESET = Instant.parse("2026-01-15T08:05:00Z");

  @Test
  void readsTheResetAsATimeInEpochSeconds() {
    LimitReading reading = one(refused("application"));

    assertThat(reading.remaining()).isZero();
    assertThat(reading.resetAt()).isEqualTo(RESET);
    assertThat(reading.window()).contains(Duration.ofMinutes(5));
    assertThat(reading.isPerConnection()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "token,true",
    "Per-Access-Token,true",
    "user,true",
    "app,false",
    "per-application,false",
    "tier-2,false",
    "'',false"
  })
  void tellsTheLimitOfOnePersonFromThatOfAll(String tier, boolean personal) {
    assertThat(one(refused(tier)).isPerConnection()).isEqualTo(personal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "five", "5.5", "9999999999"})
  void namesNoWindowWhenItIsNotSaid(String window) {
    LimitReading reading = one(refused("token").header("X-RateLimit-Window", window));

    assertThat(reading.window()).isEmpty();
    assertThat(reading.resetAt()).isEqualTo(RESET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "2026-01-15T08:05:00Z", "999999999999"})
  void readsNothingWithoutAReset(String reset) {
    assertThat(OuraLimits.read(refused("token").header("X-RateLimit-Reset", reset))).isEmpty();
  }

  /** Elsewhere Oura promises no headers, and none tells how much is left. */
  @Test
  void readsNothingFromAnAnswerThatIsNo429() {
    assertThat(OuraLimits.read(with(FakeReply.status(200), "token"))).isEmpty();
  }

  private static FakeReply refused(String tier) {
    return with(FakeReply.status(429), tier);
  }

  private static FakeReply with(FakeReply reply, String tier) {
    return reply
        .header("X-RateLimit-Limit", "5000")
        .header("X-RateLimit-Window", "300")
        .header("X-RateLimit-Reset", Long.toString(RESET.getEpochSecond()))
        .header("X-RateLimit-Tier", tier);
  }

  private static LimitReading one(FakeReply reply) {
    List<LimitReading> readings = OuraLimits.read(reply);
    assertThat(readings).hasSize(1);
    return readings.getFirst();
  }
}
