package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static RetryPolicy policy(double jitter) {
    return new RetryPolicy(
        Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofDays(1), 5, () -> jitter);
  }

  @Test
  void triesTheFirstTimesWithinSeconds() {
    assertThat(policy(0.5).pause(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy(0.5).pause(3)).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void neverPausesMuchLongerThanTheLongestHoweverOftenItFailed() {
    assertThat(policy(0.5).pause(1_000_000)).isEqualTo(Duration.ofMinutes(15));
    assertThat(policy(1).pause(1_000_000)).isEqualTo(Duration.ofMinutes(18));
  }

  @Test
  void givesUpAfterItsHorizonOrItsAttempts() {
    Instant now = Instant.parse("2026-11-23T10:00:00Z");

    assertThat(policy(1).givesUp(1, now, now)).isFalse();
    assertThat(policy(1).givesUp(4, now.minus(Duration.ofDays(1)), now)).isFalse();
    assertThat(policy(1).givesUp(5, now, now)).isTrue();
    assertThat(policy(1).givesUp(2, now.minus(Duration.ofDays(1)).minusMillis(1), now)).isTrue();
  }

  @Test
  void spreadsWhatFailedTogether() {
    assertThat(policy(0).pause(1)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy(1).pause(1)).isEqualTo(Duration.ofMillis(1200));
  }
}
