package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.LimitReading;
import io.cloudconnector.testkit.FakeReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoopLimitsTest {
  private static final Instant NOW = Instant.parse("2026-01-15T08:00:00Z");

  @Test
  void countsTheResetInSecondsFromNow() {
    LimitReading reading = one("100, 100;window=60, 10000;window=86400", "98", "3");

    assertThat(reading.remaining()).isEqualTo(98);
    assertThat(reading.resetAt()).isEqualTo(NOW.plusSeconds(3));
    assertThat(reading.window()).contains(Duration.ofMinutes(1));
    assertThat(reading.isPerConnection()).isFalse();
  }

  @Test
  void speaksOfTheLimitThatIsClosest() {
    assertThat(one("10000, 100;window=60, 10000;window=86400", "0", "7200").window())
        .contains(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100",
        "100, 100",
        "100, 200;window=60",
        "100, 100;window=60, 100;window=86400",
        "100, 100;window=0",
        "100, 100;window=sixty",
        "many, 100;window=60",
      })
  void namesNoWindowWhenItIsNotSaid(String limit) {
    LimitReading reading = one(limit, "5", "10");

    assertThat(reading.window()).isEmpty();
    assertThat(reading.remaining()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"-1,10", "5,-10", "5.5,10", "five,10", "5,Thu", "9999999999,1", "1,9999999999"})
  void readsNothingFromWhatIsNoCount(String remaining, String reset) {
    assertThat(read("100, 100;window=60", remaining, reset)).isEmpty();
  }

  @Test
  void readsNothingWithoutAReset() {
    assertThat(WhoopLimits.read(FakeReply.status(200).header("X-RateLimit-Remaining", "5"), NOW))
        .isEmpty();
  }

  private static LimitReading one(String limit, String remaining, String reset) {
    List<LimitReading> readings = read(limit, remaining, reset);
    assertThat(readings).hasSize(1);
    return readings.getFirst();
  }

  private static List<LimitReading> read(String limit, String remaining, String reset) {
    return WhoopLimits.read(
        FakeReply.status(200)
            .header("x-ratelimit-limit", limit)
            .header("x-ratelimit-remaining", remaining)
            .header("x-ratelimit-reset", reset),
        NOW);
  }
}
