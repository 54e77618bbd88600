package io.cloudconnector.benchmarks;

import java.util.List;

/**
 * How much is measured.
 *
 * @param slots how often each side of a comparison has its turn
 * @param slotSeconds about how long one turn takes
 * @param warmUpSeconds of load before anything counts
 * @param people who are linked, where their number is not what is measured
 * @param logs sizes of the event log at which the cost of an event is compared
 * @param connections linked people in that comparison
 * @param costEvents at most in one turn of that comparison
 * @param waiting rows that wait at a start
 * @param ofOne webhooks of one person that wait at a start
 */
record Plan(
    String form,
    int slots,
    int slotSeconds,
    int warmUpSeconds,
    int people,
    List<Integer> logs,
    int connections,
    int costEvents,
    int waiting,
    int ofOne) {
  Plan {
    logs = List.copyOf(logs);
  }

  /** By the name of its form. */
  static Plan of(String form) {
    return switch (form) {
      case "short" ->
          new Plan(form, 3, 2, 6, 1_000, List.of(0, 20_000, 100_000), 2_000, 1_000, 50_000, 10_000);
      case "standard" ->
          new Plan(
              form,
              5,
              4,
              60,
              1_000,
              List.of(0, 100_000, 1_000_000),
              10_000,
              4_000,
              1_000_000,
              100_000);
      case "long" ->
          new Plan(
              form,
              9,
              10,
              60,
              1_000,
              List.of(0, 1_000_000, 10_000_000),
              100_000,
              20_000,
              1_000_000,
              100_000);
      default ->
          throw new IllegalArgumentException(
              "benchmark.form is '" + form + "'; it is one of short, standard, long");
    };
  }
}
