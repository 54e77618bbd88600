package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VendorLimitsTest extends LimitTest {
  @Test
  void refusesWhatDoesNotFitAndSaysWhenItWill() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    try (Reservation first = limits.reserve("ann", 4)) {
      for (int i = 0; i < 4; i++) {
        call(first);
      }
    }
    pass(Duration.ofSeconds(20));
    assertThat(limits.allows("ann", 1)).isTrue();
    assertThatThrownBy(() -> limits.reserve("ben", 2))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(40)));
    assertThat(limits.status("ann").getFirst().remaining()).isEqualTo(1);
  }

  @Test
  void givesBackWhatAFetchDidNotNeed() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    try (Reservation reservation = limits.reserve("ann", 5)) {
      call(reservation);
    }
    assertThat(limits.status("ann").getFirst().remaining()).isEqualTo(4);
  }

  @Test
  void countsACallBeyondTheReservationToo() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    try (Reservation reservation = limits.reserve("ann", 1)) {
      for (int i = 0; i < 5; i++) {
        call(reservation);
      }
      assertThatThrownBy(() -> reservation.enter(CALL)).isInstanceOf(RateLimitException.class);
    }
  }

  @Test
  void freesAPermitOneWindowAfterTheAnswerAndNotAfterTheReservation() {
    VendorLimits limits = limits(RateLimitConfig.of(1, Duration.ofMinutes(1)));
    Reservation reservation = limits.reserve("ann", 1);
    pass(Duration.ofSeconds(30));
    call(reservation);
    pass(Duration.ofSeconds(45));
    assertThat(limits.allows("ann", 1)).isFalse();
    pass(Duration.ofSeconds(15));
    assertThat(limits.allows("ann", 1)).isTrue();
  }

  @Test
  void countsACallThatIsStillOnItsWayHoweverShortTheWindow() {
    VendorLimits limits = limits(RateLimitConfig.of(1, Duration.ofSeconds(10)));
    limits.reserve("ann", 1);
    pass(Duration.ofSeconds(30));
    assertThat(limits.allows("ann", 1)).isFalse();
  }

  @Test
  void doesNotBelieveSilenceForYearsNorForNoTimeAtAll() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    limits.reserve("ann", 1).enter(CALL).answered(reply(429, Map.of("Retry-After", "999999999")));
    pass(Duration.ofDays(8));
    limits.reserve("ann", 1).enter(CALL).answered(reply(429, Map.of("Retry-After", "0")));
    assertThat(limits.allows("ann", 1)).isFalse();
    pass(Duration.ofSeconds(2));
    assertThat(limits.allows("ann", 1)).isTrue();
  }

  @Test
  void letsTheFirstCallOfAnUnreservedWorkFindTheLimit() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    limits.reserve("ann", 5);
    Reservation work = limits.unreserved("ann");
    assertThatThrownBy(() -> work.enter(CALL)).isInstanceOf(RateLimitException.class);
  }

  @Test
  void remembersOverARestart() {
    try (Reservation reservation = limits(FIVE_A_MINUTE).reserve("ann", 5)) {
      for (int i = 0; i < 5; i++) {
        call(reservation);
      }
    }
    assertThat(limits(FIVE_A_MINUTE).allows("ben", 1)).isFalse();
  }

  @Test
  void keepsAWindowForEachConnectionWhereTheVendorDoes() {
    VendorLimits limits = limits(FIVE_A_MINUTE.perConnection());
    limits.reserve("ann", 5);
    assertThat(limits.allows("ann", 1)).isFalse();
    assertThat(limits.allows("ben", 5)).isTrue();
  }

  @Test
  void startsAnAlignedWindowAtTheFullMinute() {
    VendorLimits limits = limits(FIVE_A_MINUTE.aligned());
    try (Reservation reservation = limits.reserve("ann", 5)) {
      for (int i = 0; i < 5; i++) {
        call(reservation);
      }
    }
    assertThat(limits.allows("ann", 1)).isFalse();
    pass(Duration.ofSeconds(30));
    assertThat(limits.allows("ann", 5)).isTrue();
  }

  @Test
  void countsATaggedCallAgainstItsOwnLimitAndTheGeneralOne() {
    VendorLimits limits =
        limits(FIVE_A_MINUTE, RateLimitConfig.of(1, Duration.ofMinutes(1)).onlyTagged("upload"));
    try (Reservation reservation = limits.reserve("ann", 1)) {
      reservation.enter(CALL.tag("upload")).answered(reply(200, Map.of()));
      assertThatThrownBy(() -> reservation.enter(CALL.tag("upload")))
          .isInstanceOf(RateLimitException.class);
      call(reservation);
    }
    assertThat(limits.status("ann")).extracting(LimitStatus::remaining).containsExactly(3, 0);
  }

  @Test
  void isSilentForEveryoneAsLongAsTheVendorAsks() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    try (Reservation reservation = limits.reserve("ann", 1)) {
      reservation.enter(CALL).answered(reply(429, Map.of("Retry-After", "7200")));
    }
    pass(Duration.ofSeconds(7100));
    assertThatThrownBy(() -> limits.reserve("ben", 1))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(100)));
    assertThat(limits.status("ben").getFirst().remaining()).isZero();
    pass(Duration.ofSeconds(101));
    assertThat(limits.allows("ben", 5)).isTrue();
  }

  @Test
  void stopsOnlyThePersonWhoseOwnLimitTheVendorMeans() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    readings = List.of(LimitReading.of(0, now.plusSeconds(600)).perConnection());
    try (Reservation reservation = limits.reserve("ann", 1)) {
      reservation.enter(CALL).answered(reply(429, Map.of("Retry-After", "600")));
    }
    assertThat(limits.allows("ann", 1)).isFalse();
    assertThat(limits.allows("ben", 1)).isTrue();
  }

  @Test
  void stopsOnlyThePersonWhereTheVendorHasNoOtherLimits() {
    VendorLimits limits = limits(FIVE_A_MINUTE.perConnection());
    try (Reservation reservation = limits.reserve("ann", 1)) {
      reservation.enter(CALL).answered(reply(429, Map.of("Retry-After", "600")));
    }
    assertThat(limits.allows("ann", 1)).isFalse();
    assertThat(limits.allows("ben", 1)).isTrue();
    assertThat(limits.available(Lane.LIVE).from()).isEmpty();
  }

  @Test
  void stopsEveryoneWhenTheVendorAsAWholeIsUnavailable() {
    VendorLimits limits = limits(FIVE_A_MINUTE.perConnection());
    try (Reservation reservation = limits.reserve("ann", 1)) {
      reservation.enter(CALL).answered(reply(503, Map.of("Retry-After", "600")));
    }
    assertThat(limits.available(Lane.LIVE))
        .isEqualTo(new Availability(0, Optional.of(now.plusSeconds(600))));
  }

  @Test
  void tellsWhetherEveryoneHasToWaitOrOnlyThisPerson() {
    VendorLimits limits = limits(FIVE_A_MINUTE, RateLimitConfig.of(2, MINUTE).perConnection());
    work(limits, 2);
    assertThatThrownBy(() -> limits.reserve("ann", 1))
        .isInstanceOfSatisfying(
            LimitReachedException.class, e -> assertThat(e.everyone()).isFalse());
    limits.reserve("ben", 2);
    limits.reserve("cem", 1);
    assertThatThrownBy(() -> limits.reserve("dan", 1))
        .isInstanceOfSatisfying(
            LimitReachedException.class,
            e -> {
              assertThat(e.everyone()).isTrue();
              assertThat(e.until()).isEqualTo(now.plus(MINUTE));
            });
  }

  @Test
  void takesNoCallThatWasNotSent() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    try (Reservation reservation = limits.reserve("ann", 1)) {
      reservation.enter(CALL).notSent();
      call(reservation);
      reservation.enter(CALL).notSent();
    }
    assertThat(limits.status("ann").getFirst().remaining()).isEqualTo(4);
  }

  @Test
  void neverLetsWorkTakeMoreThanAWindowAllows() {
    VendorLimits limits = limits(RateLimitConfig.of(1, MINUTE));
    try (Reservation reservation = limits.reserve("ann", 2)) {
      call(reservation);
      assertThatThrownBy(() -> reservation.enter(CALL)).isInstanceOf(RateLimitException.class);
    }
  }

  @Test
  void remembersADayForADayHoweverOftenItIsRestarted() {
    RateLimitConfig daily = RateLimitConfig.of(5, Duration.ofDays(1));
    for (int i = 0; i < 5; i++) {
      work(limits(daily), 1);
      pass(Duration.ofHours(4));
    }
    assertThat(limits(daily).available(Lane.LIVE).calls()).isZero();
    pass(Duration.ofHours(4).plus(Duration.ofDays(1).dividedBy(200)));
    assertThat(limits(daily).available(Lane.LIVE).calls()).isEqualTo(1);
  }

  @Test
  void believesAVendorThatSaysNothingIsLeftAlthoughWeCountedLess() {
    VendorLimits limits = limits(FIVE_A_MINUTE);
    readings = List.of(LimitReading.of(Duration.ofMinutes(1), 0, now.plusSeconds(42)));
    try (Reservation reservation = limits.reserve("ann", 1)) {
      call(reservation);
    }
    assertThatThrownBy(() -> limits.reserve("ann", 1))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(42)));
  }

  @Test
  void goesOnWhenTheConnectorCannotReadTheHeaders() {
    VendorLimits limits =
        new VendorLimits(
            database,
            ACME,
            List.of(FIVE_A_MINUTE),
            1,
            reply -> {
              throw new IllegalStateException("a bug of the connector");
            },
            () -> now);
    try (Reservation reservation = limits.reserve("ann", 1)) {
      call(reservation);
    }
    assertThat(limits.status("ann").getFirst().remaining()).isEqualTo(4);
  }

  /** Invariant 7, for hosts that share a database. */
  @Test
  void twoHostsTogetherTakeNoMoreThanAWindowAllows(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(kind == TestDatabase.POSTGRESQL);
    String url = kind.newUrl(folder);
    AtomicInteger taken = new AtomicInteger();
    List<Future<?>> tries = new ArrayList<>();
    try (Database one = Database.open(url, null, null, folder);
        Database other = Database.open(url, null, null, folder);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Database database : List.of(one, other)) {
        VendorLimits limits = limits(database, 1, FIVE_A_MINUTE);
        for (int i = 0; i < 20; i++) {
          tries.add(threads.submit(() -> takeIfAllowed(limits, taken)));
        }
      }
      for (Future<?> each : tries) {
        each.get();
      }
    }
    assertThat(taken).hasValue(5);
  }

  private static void takeIfAllowed(VendorLimits limits, AtomicInteger taken) {
    try {
      limits.reserve("ann", 1);
      taken.incrementAndGet();
    } catch (LimitReachedException e) {
      assertThat(e.everyone()).isTrue();
    }
  }

  /** Invariant 7, on random traffic: no window of that length ever sees more calls than allowed. */
  @Test
  void exceedsNoLimitInAnyRollingWindow() {
    VendorLimits limits = limits(FIVE_A_MINUTE, RateLimitConfig.of(12, Duration.ofMinutes(5)));
    Random random = new Random(7);
    List<Instant> answered = new ArrayList<>();
    Deque<Reservation> open = new ArrayDeque<>();
    for (int step = 0; step < 300; step++) {
      pass(Duration.ofMillis(random.nextLong(9_000)));
      try {
        open.add(limits.reserve("user" + random.nextInt(3), 1 + random.nextInt(2)));
      } catch (RateLimitException e) {
        assertThat(e.retryAfter()).isPresent();
      }
      if (!open.isEmpty() && random.nextBoolean()) {
        try (Reservation reservation = open.poll()) {
          call(reservation);
          answered.add(now);
        }
      }
    }
    assertThat(answered).hasSizeGreaterThan(50);
    assertThat(most(answered, Duration.ofMinutes(1))).isLessThanOrEqualTo(5);
    assertThat(most(answered, Duration.ofMinutes(5))).isLessThanOrEqualTo(12);
  }

  private static int most(List<Instant> times, Duration window) {
    int most = 0;
    for (Instant end : times) {
      Instant start = end.minus(window);
      most =
          Math.max(
              most, (int) times.stream().filter(t -> t.isAfter(start) && !t.isAfter(end)).count());
    }
    return most;
  }
}
