package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes up one person's records. The same seed and time give the same records. */
final class WhoopGenerator {
  private static final List<String> SPORTS =
      List.of("running", "cycling", "weightlifting_msk", "yoga", "swimming", "rowing", "tennis");

  private final RandomGenerator random;
  private final long userId;
  private final Physique body;
  private final WhoopScores scores;
  private long nextCycleId;

  WhoopGenerator(RandomGenerator random, long userId, long firstCycleId) {
    this.random = random;
    this.userId = userId;
    this.body = Physique.of(random);
    this.scores = new WhoopScores(random, body);
    this.nextCycleId = firstCycleId;
  }

  Physique body() {
    return body;
  }

  /** The records of the last days until now: a night a day, workouts, a nap now and then. */
  List<WhoopRecord> history(Instant now, int days) {
    List<WhoopRecord> records = new ArrayList<>();
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days + 1L));
    Instant bedtime = bedtime(midnight);
    for (int day = 1; day <= days + 1; day++) {
      Instant wake = bedtime.plus(minutes(370, 540));
      if (wake.isAfter(now)) {
        break;
      }
      Instant next = bedtime(midnight.plus(Duration.ofDays(day)));
      boolean open = day == days + 1 || next.plus(Duration.ofHours(9)).isAfter(now);
      List<WhoopRecord> night = night(bedtime, wake, open ? null : next, now);
      records.addAll(night);
      records.addAll(activities(night.getFirst().cycleId(), wake, now));
      if (open) {
        break;
      }
      bedtime = next;
    }
    return records;
  }

  private Instant bedtime(Instant midnight) {
    return midnight
        .plus(body.bedtime())
        .plus(Duration.ofMillis(random.nextInt(-2_400_000, 2_400_000)));
  }

  private List<WhoopRecord> activities(long cycleId, Instant wake, Instant now) {
    List<WhoopRecord> activities = new ArrayList<>();
    Instant start = wake.plus(minutes(60, 600));
    Instant end = start.plus(minutes(25, 100));
    if (random.nextInt(7) < 4 && end.isBefore(now)) {
      activities.add(workout(start, end));
    }
    Instant lying = wake.plus(minutes(300, 480));
    Instant up = lying.plus(minutes(20, 70));
    if (random.nextInt(9) == 0 && up.isBefore(now)) {
      activities.add(nap(cycleId, lying, up));
    }
    return activities;
  }

  /**
   * A new cycle with the sleep it begins with and the recovery from it, in this order.
   *
   * @param cycleEnd null for a cycle that is still open
   */
  List<WhoopRecord> night(Instant start, Instant wake, @Nullable Instant cycleEnd, Instant now) {
    long cycleId = nextCycleId++;
    String sleepId = uuid();
    ScoreState slept = state();
    WhoopRecord.Times asleep = times(start, wake, wake);
    Instant judged = cycleEnd == null ? earlier(now, wake) : cycleEnd;
    return List.of(
        cycle(cycleId, times(start, cycleEnd, judged)),
        sleep(sleepId, cycleId, asleep, slept, false),
        fresh(WhoopKind.RECOVERY, sleepId, cycleId, asleep, slept, JsonText.object()));
  }

  private static Instant earlier(Instant now, Instant wake) {
    return now.isBefore(wake) ? now : wake;
  }

  WhoopRecord nap(long cycleId, Instant start, Instant end) {
    return sleep(uuid(), cycleId, times(start, end, end), state(), true);
  }

  WhoopRecord workout(Instant start, Instant end) {
    String sport = SPORTS.get(random.nextInt(SPORTS.size()));
    JsonText detail = JsonText.object().text("sport_name", sport);
    return fresh(WhoopKind.WORKOUT, uuid(), 0, times(start, end, end), state(), detail);
  }

  /** The same record in another state, with a new score if it is scored. */
  WhoopRecord rescored(WhoopRecord record, ScoreState state) {
    Instant end = record.times().end();
    Duration length = end == null ? Duration.ZERO : Duration.between(record.times().start(), end);
    return record.scored(state, scores.of(record.kind(), state, length));
  }

  /** So many minutes, at random, with odd seconds and milliseconds. */
  Duration minutes(int least, int most) {
    return Duration.ofMillis(random.nextLong(least * 60_000L, most * 60_000L));
  }

  private WhoopRecord cycle(long id, WhoopRecord.Times times) {
    ScoreState state = random.nextInt(40) == 0 ? ScoreState.UNSCORABLE : ScoreState.SCORED;
    return fresh(WhoopKind.CYCLE, Long.toString(id), id, times, state, JsonText.object());
  }

  private WhoopRecord sleep(
      String id, long cycleId, WhoopRecord.Times times, ScoreState state, boolean nap) {
    JsonText detail = JsonText.object().flag("nap", nap);
    return fresh(WhoopKind.SLEEP, id, cycleId, times, state, detail);
  }

  private WhoopRecord fresh(
      WhoopKind kind,
      String id,
      long cycleId,
      WhoopRecord.Times times,
      ScoreState state,
      JsonText detail) {
    return rescored(new WhoopRecord(kind, id, userId, cycleId, times, state, detail, null), state);
  }

  private WhoopRecord.Times times(Instant start, @Nullable Instant end, Instant recorded) {
    return new WhoopRecord.Times(recorded, recorded, start, end, body.offset());
  }

  private ScoreState state() {
    return switch (random.nextInt(20)) {
      case 0 -> ScoreState.PENDING_SCORE;
      case 1 -> ScoreState.UNSCORABLE;
      default -> ScoreState.SCORED;
    };
  }

  /** A version 4 UUID, drawn from the seed. */
  private String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0xC000L << 48)) | (0x8000L << 48);
    return new UUID(high, low).toString();
  }
}
