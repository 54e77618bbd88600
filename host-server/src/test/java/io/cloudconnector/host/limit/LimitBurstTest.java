package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.core.CallPermit;
import io.cloudconnector.host.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Much work at once, against a vendor that counts for itself. */
class LimitBurstTest extends LimitTest {
  private static final int WORKS = 150;

  private final Random random = new Random(11);
  private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparing(Event::at));
  private final List<Instant> countedByVendor = new ArrayList<>();
  private int waiting = WORKS;
  private int triedInVain;

  private record Event(Instant at, Runnable what) {}

  @Test
  void aBurstOfTwoCallWorkGoesOnAtTheVendorsPace() {
    VendorLimits limits =
        limits(2, RateLimitConfig.of(100, MINUTE), RateLimitConfig.of(10_000, Duration.ofDays(1)));
    Instant began = now;
    while (waiting > 0 || !events.isEmpty()) {
      Availability room = limits.available(Lane.LIVE);
      if (waiting > 0 && room.from().isEmpty()) {
        start(limits);
      } else {
        goOn(room);
      }
    }
    assertThat(countedByVendor).hasSize(2 * WORKS);
    assertThat(most()).isLessThanOrEqualTo(100);
    assertThat(Duration.between(began, now)).isLessThan(Duration.ofMinutes(3));
    assertThat(triedInVain).isZero();
  }

  private void goOn(Availability room) {
    Event next = events.poll();
    Instant opens = room.from().orElse(Instant.MAX);
    if (next == null) {
      now = opens;
      return;
    }
    now = next.at();
    next.what().run();
  }

  private void start(VendorLimits limits) {
    try {
      Reservation work = limits.reserve("user" + waiting % 40, 2);
      waiting--;
      call(work, () -> call(work, work::close));
    } catch (LimitReachedException e) {
      triedInVain++;
    }
  }

  /** The vendor counts at some time between the question and the answer. */
  private void call(Reservation work, Runnable next) {
    CallPermit permit = work.enter(CALL);
    Instant answered = now.plusMillis(50 + random.nextInt(400));
    long millis = Duration.between(now, answered).toMillis();
    countedByVendor.add(now.plusMillis(random.nextLong(millis)));
    events.add(
        new Event(
            answered,
            () -> {
              permit.answered(reply(200, Map.of()));
              next.run();
            }));
  }

  private int most() {
    List<Instant> times = countedByVendor.stream().sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < times.size(); last++) {
      while (!times.get(first).isAfter(times.get(last).minus(MINUTE))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
