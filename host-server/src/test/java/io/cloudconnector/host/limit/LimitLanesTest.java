package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.host.store.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who may start when a limit is scarce. */
class LimitLanesTest extends LimitTest {
  private static final RateLimitConfig TWENTY = RateLimitConfig.of(20, MINUTE);

  @Test
  void backfillNeverTakesWhatIsKeptForLiveWork() {
    VendorLimits limits = limits(TWENTY);
    assertThat(started(limits, Lane.BACKFILL)).isEqualTo(13);
    assertThat(started(limits, Lane.RECONCILE)).isEqualTo(2);
    assertThat(started(limits, Lane.LIVE)).isEqualTo(5);
  }

  private static int started(VendorLimits limits, Lane lane) {
    for (int count = 0; ; count++) {
      int expected = Math.max(0, limits.available(lane).calls());
      try {
        limits.reserve("ann", 1, lane);
        assertThat(expected).isPositive();
      } catch (LimitReachedException e) {
        assertThat(limits.available(lane)).isEqualTo(new Availability(0, Optional.of(e.until())));
        return count;
      }
    }
  }

  @Test
  void aWindowOfOneStarvesNoLane() {
    VendorLimits limits = limits(RateLimitConfig.of(1, MINUTE));
    assertThat(started(limits, Lane.BACKFILL)).isOne();
  }

  @Test
  void whatIsAvailableIsToldWithoutTakingIt() {
    assertThat(limits().available(Lane.BACKFILL).calls()).isEqualTo(Integer.MAX_VALUE);
    VendorLimits limits = limits(2, TWENTY);
    assertThat(limits.available(Lane.LIVE).calls()).isEqualTo(20);
    work(limits, 18);
    assertThat(limits.available(Lane.LIVE).calls()).isEqualTo(2);
    pass(Duration.ofSeconds(10));
    call(limits.unreserved("ann"));
    assertThat(limits.available(Lane.LIVE))
        .isEqualTo(new Availability(0, Optional.of(now.plusSeconds(50))));
  }

  @Test
  void workBegunMayUseTheRoomThatNewWorkMustLeave() {
    VendorLimits limits = limits(2, RateLimitConfig.of(3, MINUTE));
    try (Reservation work = limits.reserve("ann", 2)) {
      call(work);
      call(work);
      assertThatThrownBy(() -> limits.reserve("ben", 1)).isInstanceOf(LimitReachedException.class);
      call(work);
    }
  }

  /** Cheap work in a crowd; costly work among it has the same chance as each of them. */
  @Test
  void workOfTwoCallsIsNotStarvedByWorkOfOne() {
    VendorLimits limits = limits(2, RateLimitConfig.of(10, MINUTE));
    Random random = new Random(3);
    int costly = 0;
    int cheap = 0;
    for (int step = 0; step < 60; step++) {
      pass(Duration.ofSeconds(3));
      List<Integer> wishes = new ArrayList<>(List.of(1, 1, 1, 2));
      Collections.shuffle(wishes, random);
      for (int calls : wishes) {
        if (isStarted(limits, calls)) {
          costly += calls == 2 ? 1 : 0;
          cheap += calls == 1 ? 1 : 0;
        }
      }
    }
    assertThat(costly).isGreaterThan(4);
    assertThat(cheap).isGreaterThan(8);
  }

  private boolean isStarted(VendorLimits limits, int calls) {
    try {
      work(limits, calls);
      return true;
    } catch (LimitReachedException e) {
      return false;
    }
  }
}
