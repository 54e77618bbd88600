package io.cloudconnector.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PauseTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @Test
  void lastsAsLongAsItWasMade() {
    Pause pause = Pause.of(NOW, Duration.ofHours(1));

    assertThat(pause.isOver(NOW.plusSeconds(3599))).isFalse();
    assertThat(pause.isOver(NOW.plusSeconds(3600))).isTrue();
  }

  @Test
  void isOverWhenTheClockHasGoneBack() {
    assertThat(Pause.of(NOW, Duration.ofHours(1)).isOver(NOW.minusSeconds(1))).isTrue();
  }

  @Test
  void growsFromASecondToItsLongest() {
    Backoff backoff = new Backoff(Duration.ofMinutes(15));

    assertThat(backoff.after(1)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(backoff.after(5)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
    assertThat(backoff.after(1_000)).isBetween(Duration.ofSeconds(450), Duration.ofMinutes(15));
  }

  @Test
  void aServersWishIsSecondsOrADateAndADayAtMost() {
    assertThat(RetryAfter.parse("120", NOW)).contains(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Mon, 23 Nov 2026 10:01:00 GMT", NOW))
        .contains(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse("999999999", NOW)).contains(Duration.ofDays(1));
    assertThat(RetryAfter.parse("0", NOW)).isEmpty();
    assertThat(RetryAfter.parse("Mon, 23 Nov 2026 09:00:00 GMT", NOW)).isEmpty();
    assertThat(RetryAfter.parse("soon", NOW)).isEmpty();
  }
}
