package io.cloudconnector.simulator.whoop;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Decides what happens next to a person: mostly workouts and corrections, seldom deletions. */
final class DailyLife {
  private final WhoopPerson person;
  private final RandomGenerator random;
  private final InstantSource clock;

  DailyLife(WhoopPerson person, RandomGenerator random, InstantSource clock) {
    this.person = person;
    this.random = random;
    this.clock = clock;
  }

  WhoopChange next() {
    int dice = random.nextInt(100);
    if (dice < 35) {
      return person.newWorkout();
    }
    if (dice < 65) {
      return some("sleep", person::updateSleep);
    }
    if (dice < 80) {
      return some("workout", person::updateWorkout);
    }
    if (dice < 92) {
      return atRest() ? person.newSleep() : person.newNap();
    }
    return dice < 96 ? some("workout", person::deleteWorkout) : some("sleep", person::deleteSleep);
  }

  private WhoopChange some(String type, Function<String, WhoopChange> change) {
    List<String> ids = person.ids(type);
    return ids.isEmpty() ? person.newWorkout() : change.apply(ids.get(random.nextInt(ids.size())));
  }

  /** Whether the day is long enough for the night to have come. */
  private boolean atRest() {
    Optional<WhoopRecord> cycle = person.records.newestFirst(WhoopKind.CYCLE).stream().findFirst();
    return cycle
        .map(day -> day.times().start().plus(Duration.ofHours(20)).isBefore(clock.instant()))
        .orElse(true);
  }
}
