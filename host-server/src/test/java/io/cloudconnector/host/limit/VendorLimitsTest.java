package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.SimpleHttpReply;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class VendorLimitsTest {
  private static final VendorType ACME = new VendorType("acme");
  private static final HttpCall CALL = HttpCall.get(URI.create("https://acme.example/x"));
  private static final RateLimitConfig FIVE_A_MINUTE = RateLimitConfig.of(5, Duration.ofMinutes(1));

  private final Database database;
  private Instant now = Instant.parse("2026-11-01T12:00:30Z");
  private final InstantSource clock = () -> now;
  private List<LimitReading> readings = List.of();

  VendorLimitsTest(TestDatabase engine, @TempDir Path folder) {
    database = engine.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private VendorLimits limits(RateLimitConfig... limits) {
    return new VendorLimits(database, ACME, List.of(limits), reply -> readings, clock);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static HttpReply reply(int status, Map<String, String> headers) {
    return SimpleHttpReply.of(status, headers, new byte[0]);
  }

  private void call(Reservation reservation) {
    reservation.enter(CALL).answered(reply(200, Map.of()));
  }

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
            reply -> {
              throw new IllegalStateException("a bug of the connector");
            },
            clock);
    try (Reservation reservation = limits.reserve("ann", 1)) {
      call(reservation);
    }
    assertThat(limits.status("ann").getFirst().remaining()).isEqualTo(4);
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
