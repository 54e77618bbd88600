package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WHOOP member: what is recorded of them, and what can happen to them. Whatever happens is in the
 * store before its webhooks leave. Record types are named as in WHOOP's events: {@code cycle},
 * {@code sleep}, {@code recovery} (under the id of its sleep) and {@code workout}. Thread-safe.
 */
public final class WhoopPerson {
  private final String accountId;
  private final WhoopGenerator generator;
  private final InstantSource clock;
  private final Function<List<WhoopEvent>, List<Delivery>> announcer;
  private final byte[] profile;
  private final byte[] body;
  final WhoopRecords records = new WhoopRecords();

  WhoopPerson(
      long userId,
      WhoopGenerator generator,
      InstantSource clock,
      Function<List<WhoopEvent>, List<Delivery>> announcer) {
    this.accountId = Long.toString(userId);
    this.generator = generator;
    this.clock = clock;
    this.announcer = announcer;
    this.profile = generator.body().profile(userId).bytes(JsonText.Spacing.SPACED);
    this.body = generator.body().body().bytes(JsonText.Spacing.LINES);
  }

  synchronized void live(int days) {
    generator.history(clock.instant(), days).forEach(records::put);
  }

  /** WHOOP's {@code user_id}, in digits. */
  public String accountId() {
    return accountId;
  }

  /** The ids of all records of a type, newest first. */
  public List<String> ids(String type) {
    return records.newestFirst(WhoopKind.named(type)).stream().map(WhoopRecord::id).toList();
  }

  /**
   * The very bytes that the API serves, alone and within lists.
   *
   * @param type {@code cycle}, {@code sleep}, {@code recovery}, {@code workout}, or {@code profile}
   *     or {@code body_measurement}, for which the id does not matter
   * @throws IllegalArgumentException when there is no such record (any more)
   */
  public byte[] document(String type, String id) {
    return switch (type) {
      case "profile" -> profile.clone();
      case "body_measurement" -> body.clone();
      default -> existing(WhoopKind.named(type), id).bytes();
    };
  }

  /** The person trained within the last hours: {@code workout.updated}. */
  public synchronized WhoopChange newWorkout() {
    Instant end = clock.instant().minus(Duration.ofMinutes(3));
    WhoopRecord workout = generator.workout(end.minus(generator.minutes(25, 100)), end);
    return written(workout);
  }

  /** The person had a nap, which yields no recovery: {@code sleep.updated}. */
  public synchronized WhoopChange newNap() {
    Instant end = clock.instant().minus(Duration.ofMinutes(3));
    long cycleId = newest(WhoopKind.CYCLE).map(WhoopRecord::cycleId).orElse(0L);
    return written(generator.nap(cycleId, end.minus(generator.minutes(20, 60)), end));
  }

  /**
   * The person slept and woke up now. The open cycle ends where the sleep began, a new one begins:
   * {@code sleep.updated}, {@code recovery.updated}.
   */
  public synchronized WhoopChange newSleep() {
    Instant now = clock.instant();
    Optional<WhoopRecord> open = newest(WhoopKind.CYCLE).filter(c -> c.times().end() == null);
    Instant start = fallAsleep(now, open.map(cycle -> cycle.times().start()).orElse(null));
    open.ifPresent(cycle -> rewrite(cycle, cycle.times().ending(start), cycle.state()));
    List<WhoopRecord> night = generator.night(start, now, null, now);
    records.put(night.getFirst());
    return written(night.get(1), night.get(2));
  }

  /** Eight hours ago; less when the last night is nearer. */
  private static Instant fallAsleep(Instant now, @Nullable Instant lastNight) {
    Instant start = now.minus(Duration.ofHours(8));
    if (lastNight == null || lastNight.isBefore(start)) {
      return start;
    }
    return lastNight.plus(Duration.between(lastNight, now).dividedBy(2)).plusMillis(1);
  }

  /** The person corrected a workout's end: {@code workout.updated}. */
  public synchronized WhoopChange updateWorkout(String id) {
    WhoopRecord workout = existing(WhoopKind.WORKOUT, id);
    return written(rewrite(workout, moved(workout), ScoreState.SCORED));
  }

  /**
   * The person corrected a sleep's end: {@code sleep.updated} and, if it has a recovery, {@code
   * recovery.updated}.
   */
  public synchronized WhoopChange updateSleep(String id) {
    WhoopRecord sleep = existing(WhoopKind.SLEEP, id);
    return rescoreNight(rewrite(sleep, moved(sleep), ScoreState.SCORED));
  }

  /** The day's strain grew. WHOOP has no event for cycles, so nobody is told. */
  public synchronized WhoopChange updateCycle(String id) {
    WhoopRecord cycle = existing(WhoopKind.CYCLE, id);
    rewrite(cycle, cycle.times(), ScoreState.SCORED);
    return new WhoopChange(id, List.of());
  }

  /** WHOOP came to another judgement of a record; told as an update of that record. */
  public synchronized WhoopChange rescore(String type, String id, ScoreState state) {
    WhoopRecord record = existing(WhoopKind.named(type), id);
    WhoopRecord after = rewrite(record, record.times(), state);
    return switch (record.kind()) {
      case CYCLE -> new WhoopChange(id, List.of());
      case SLEEP -> rescoreNight(after);
      case RECOVERY, WORKOUT -> written(after);
    };
  }

  /** The person deleted a workout: {@code workout.deleted}. */
  public synchronized WhoopChange deleteWorkout(String id) {
    return deleted(List.of(existing(WhoopKind.WORKOUT, id)));
  }

  /**
   * The person deleted a sleep, and with it goes its recovery: {@code sleep.deleted} and, if it had
   * one, {@code recovery.deleted}.
   */
  public synchronized WhoopChange deleteSleep(String id) {
    List<WhoopRecord> gone = new ArrayList<>(List.of(existing(WhoopKind.SLEEP, id)));
    records.find(WhoopKind.RECOVERY, id).ifPresent(gone::add);
    return deleted(gone);
  }

  private WhoopChange rescoreNight(WhoopRecord sleep) {
    return records
        .find(WhoopKind.RECOVERY, sleep.id())
        .map(recovery -> written(sleep, rewrite(recovery, sleep.times(), sleep.state())))
        .orElseGet(() -> written(sleep));
  }

  private WhoopChange deleted(List<WhoopRecord> gone) {
    gone.forEach(records::remove);
    return told(gone.stream().map(WhoopEvent::deleted).toList());
  }

  private WhoopChange written(WhoopRecord... now) {
    List.of(now).forEach(records::put);
    return told(List.of(now).stream().map(WhoopEvent::updated).toList());
  }

  private WhoopChange told(List<WhoopEvent> events) {
    return new WhoopChange(events.getFirst().id(), announcer.apply(events));
  }

  private WhoopRecord rewrite(WhoopRecord record, WhoopRecord.Times times, ScoreState state) {
    WhoopRecord after = generator.rescored(record.with(times.touched(clock.instant())), state);
    records.put(after);
    return after;
  }

  private WhoopRecord.Times moved(WhoopRecord record) {
    Instant end = record.times().end();
    Duration earlier = generator.minutes(1, 9);
    Instant start = record.times().start();
    boolean roomy = end != null && end.minus(earlier).isAfter(start);
    return roomy && end != null ? record.times().ending(end.minus(earlier)) : record.times();
  }

  private Optional<WhoopRecord> newest(WhoopKind kind) {
    return records.newestFirst(kind).stream().findFirst();
  }

  private WhoopRecord existing(WhoopKind kind, String id) {
    return records
        .find(kind, id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "account " + accountId + " has no " + kind.word() + " '" + id + "'"));
  }

  @Override
  public String toString() {
    return "WHOOP member " + accountId;
  }
}
