package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.LimitUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Long times and wrong clocks. */
class LimitClockTest extends LimitTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aClockThatIsPutBackBlocksNoWindowForLongerThanItsLength() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    work(limits, 3);
    limits.reserve("ann", 2);
    pass(HOUR.negated());
    assertThat(limits.available(Lane.LIVE).calls()).isZero();
    pass(MINUTE.plusSeconds(1));
    assertThat(limits.available(Lane.LIVE).calls()).isEqualTo(3);
    pass(MINUTE.multipliedBy(2));
    assertThat(limits.available(Lane.LIVE).calls()).isEqualTo(5);
  }

  @Test
  void aClockThatIsPutForwardAndBackDoesTheSame() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    work(limits, 5);
    pass(HOUR);
    work(limits, 5);
    pass(HOUR.negated());
    assertThat(limits.allows("ann", 1)).isFalse();
    pass(MINUTE.plusSeconds(1));
    work(limits, 5);
  }

  @Test
  void tenThousandUsesADayAreReadAsAFewHundredAndNoneIsForgottenTooSoon() {
    RateLimitConfig daily = RateLimitConfig.of(10_000, Duration.ofDays(1));
    VendorLimits limits = limits(RateLimitConfig.of(100, MINUTE), daily);
    LimitStore store = new LimitStore(database);
    List<LimitUse> uses = new ArrayList<>();
    Instant first = now.minus(Duration.ofHours(20));
    for (int i = 0; i < 9_999; i++) {
      uses.add(new LimitUse("app", "", 1, first.plusMillis(7_200L * i), false));
    }
    database.execute(tx -> store.add(tx, ACME, uses));
    now = first.plusMillis(7_200L * 10_000);
    int daysUse = 10_000 - limits.status("ann").get(1).remaining();

    limits.reserve("ann", 1).close();

    assertThat(10_000 - limits.status("ann").get(1).remaining()).isEqualTo(daysUse);
    assertThat(limits.status("ann").get(0).remaining()).isEqualTo(93);
    int rows =
        database.read(
            tx -> tx.createQuery("SELECT COUNT(*) FROM limit_use").mapTo(Integer.class).one());
    assertThat(rows).isLessThan(250);
    now = first.plus(Duration.ofDays(1));
    assertThat(limits.available(Lane.LIVE).calls()).isEqualTo(10_000 - daysUse);
    now = first.plus(Duration.ofDays(1)).plus(HOUR);
    assertThat(10_000 - limits.status("ann").get(1).remaining()).isBetween(9_499, 9_499 + 60);
  }
}
