package io.cloudconnector.simulator.oura;

import java.util.List;
import java.util.random.RandomGenerator;

/** Decides what happens next to a person: mostly steps and corrections, seldom deletions. */
final class DailyLife {
  private static final List<String> MOMENTS =
      List.of("workout", "session", "tag", "enhanced_tag", "rest_mode_period");
  private static final List<String> LATER =
      List.of(
          "sleep",
          "daily_sleep",
          "daily_readiness",
          "workout",
          "enhanced_tag",
          "rest_mode_period",
          "ring_configuration");
  private static final List<String> GROWING =
      List.of("daily_activity", "daily_stress", "vo2_max", "daily_cardiovascular_age");

  private final OuraPerson person;
  private final RandomGenerator random;

  DailyLife(OuraPerson person, RandomGenerator random) {
    this.person = person;
    this.random = random;
  }

  OuraChange next() {
    int dice = random.nextInt(100);
    if (dice < 30) {
      return person.create(oneOf(MOMENTS));
    }
    if (dice < 60) {
      return grow(oneOf(GROWING));
    }
    if (dice < 75) {
      return awake() ? person.create("sleep") : person.newNight();
    }
    if (dice < 94) {
      return update(oneOf(LATER));
    }
    return delete(oneOf(MOMENTS));
  }

  private boolean awake() {
    return person.documents.ofDay(OuraType.DAILY_SLEEP, person.today()).isPresent();
  }

  /** Today's document is begun, or goes on. */
  private OuraChange grow(String type) {
    return person
        .documents
        .ofDay(OuraType.named(type), person.today())
        .map(today -> person.update(type, today.id()))
        .orElseGet(() -> person.create(type));
  }

  private OuraChange update(String type) {
    List<String> ids = person.ids(type);
    return ids.isEmpty() ? person.create("workout") : person.update(type, oneOf(ids));
  }

  private OuraChange delete(String type) {
    List<String> ids = person.ids(type);
    return ids.isEmpty() ? person.create(type) : person.delete(type, oneOf(ids));
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
