package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static RetryPolicy policy(double jitter) {
    return new RetryPolicy(
        Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(24), () -> jitter);
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
  void spreadsWhatFailedTogether() {
    assertThat(policy(0).pause(1)).isEqualTo(Duration.ofMillis(800));
    assertThat(policy(1).pause(1)).isEqualTo(Duration.ofMillis(1200));
  }
}
