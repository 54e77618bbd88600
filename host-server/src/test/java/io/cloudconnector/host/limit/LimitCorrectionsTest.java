package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.core.CallPermit;
import io.cloudconnector.host.store.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The vendor's own count wins over ours. */
class LimitCorrectionsTest extends LimitTest {
  private static final RateLimitConfig HUNDRED = RateLimitConfig.of(100, MINUTE);
  private static final RateLimitConfig DAILY = RateLimitConfig.of(1_000, Duration.ofDays(1));

  private int left(VendorLimits limits, int window) {
    return limits.status("ann").get(window).remaining();
  }

  @Test
  void whatSomebodyElseUsedCountsUntilTheVendorsReset() {
    VendorLimits limits = limits(HUNDRED, DAILY);
    readings = List.of(LimitReading.of(MINUTE, 40, now.plusSeconds(20)));
    work(limits, 1);
    assertThat(limits.allows("ann", 40)).isTrue();
    assertThat(limits.allows("ann", 41)).isFalse();
    assertThat(left(limits, 1)).isEqualTo(940);
    work(limits, 1);
    assertThat(left(limits, 0)).as("not counted twice").isEqualTo(39);
    pass(Duration.ofSeconds(20));
    assertThat(left(limits, 0)).isEqualTo(98);
  }

  @Test
  void aReadingThatNamesNoWindowIsOfTheOnlyOneOrOfNone() {
    VendorLimits one = limits(HUNDRED);
    readings = List.of(LimitReading.of(40, now.plusSeconds(20)));
    work(one, 1);
    assertThat(left(one, 0)).isEqualTo(40);
    pass(Duration.ofDays(2));
    VendorLimits several = limits(HUNDRED, DAILY);
    readings =
        List.of(
            LimitReading.of(40, now.plusSeconds(20)),
            LimitReading.of(Duration.ofHours(7), 40, now.plusSeconds(20)),
            LimitReading.of(MINUTE, 40, now.plusSeconds(20)).perConnection());
    work(several, 1);
    assertThat(left(several, 0)).isEqualTo(99);
  }

  @Test
  void aPersonsReadingIsOfThatPersonsWindow() {
    VendorLimits limits = limits(HUNDRED, HUNDRED.perConnection());
    readings = List.of(LimitReading.of(MINUTE, 40, now.plusSeconds(20)).perConnection());
    work(limits, 1);
    assertThat(limits.allows("ann", 41)).isFalse();
    assertThat(limits.allows("ben", 99)).isTrue();
  }

  /** Fifty at once: each answer tells what was left when it was counted, in any order. */
  @Test
  void callsOnTheirWayAreNotTakenForSomebodyElses() {
    VendorLimits limits = limits(HUNDRED);
    List<CallPermit> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add(limits.reserve("user" + i, 1).enter(CALL));
    }
    for (int i = 49; i >= 0; i--) {
      pass(Duration.ofMillis(20));
      readings = List.of(LimitReading.of(MINUTE, 99 - i, now.plusSeconds(55)));
      sent.get(i).answered(reply(200, Map.of()));
    }
    assertThat(left(limits, 0)).isEqualTo(50);
  }

  @Test
  void anAnswerThatWasLongOnItsWayIsComparedWithWhatCountedThen() {
    VendorLimits limits = limits(HUNDRED);
    work(limits, 30);
    pass(Duration.ofSeconds(50));
    CallPermit slow = limits.reserve("ben", 1).enter(CALL);
    pass(Duration.ofSeconds(15));
    readings = List.of(LimitReading.of(MINUTE, 69, now.plusSeconds(40)));
    slow.answered(reply(200, Map.of()));
    assertThat(left(limits, 0)).isEqualTo(99);
  }

  @Test
  void whatADeadHostLeftOnItsWayDoesNotOutlastTheVendorsReset() {
    VendorLimits limits = limits(HUNDRED);
    limits.reserve("ann", 90);
    pass(Duration.ofMinutes(2).plusSeconds(5));
    assertThat(left(limits, 0)).isEqualTo(10);
    readings = List.of(LimitReading.of(MINUTE, 99, now.plusSeconds(10)));
    work(limits, 1);
    assertThat(left(limits, 0)).isEqualTo(9);
    pass(Duration.ofSeconds(10));
    assertThat(left(limits, 0)).isEqualTo(99);
  }

  @Test
  void noVendorIsBelievedBeyondTheConfiguredLimit() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    readings = List.of(LimitReading.of(MINUTE, 1_000, now.plusSeconds(1)));
    work(limits, 5);
    pass(Duration.ofSeconds(5));
    assertThat(limits.allows("ann", 1)).isFalse();
  }

  @Test
  void aRestartLetsGoOfWhatWasOnItsWayWhereNobodyElseCanBe() {
    limits(FIVE_A_MINUTE).reserve("ann", 5);
    VendorLimits restarted = limits(FIVE_A_MINUTE);
    restarted.recover();
    pass(MINUTE);
    boolean alone = kind == io.cloudconnector.host.store.TestDatabase.SQLITE;
    assertThat(restarted.available(Lane.LIVE).calls()).isEqualTo(alone ? 5 : 0);
    pass(Duration.ofMinutes(2));
    assertThat(restarted.available(Lane.LIVE).calls()).isEqualTo(5);
  }
}
