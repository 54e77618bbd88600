package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The whole way of an event: how many a second, and how soon after its 2xx each is readable at half
 * of that.
 */
final class FlowBenchmark {
  private final Plan plan;
  private final Report report;

  FlowBenchmark(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  void run(Path folder, Engine engine) throws IOException, InterruptedException {
    try (Stage stage = Stage.open(folder, engine, "flow", plan.people(), 0)) {
      stage.warmUp(plan.warmUpSeconds());
      double rate = stage.round(2_000, 0).perSecond();
      List<Stage.Round> full = new ArrayList<>();
      for (int i = 0; i < plan.slots(); i++) {
        full.add(stage.round((int) (rate * plan.slotSeconds()), 0));
      }
      Samples speed = of(full, Stage.Round::perSecond);
      report.row(
          "whole pipeline, from request to readable",
          Report.spread(speed, "events/s"),
          "%,.0f /s".formatted(speed.median()),
          "");
      Samples accepting = of(full, round -> round.load().perSecond());
      report.row(
          "accept while the pipeline works",
          Report.spread(accepting, "/s"),
          "%,.0f /s".formatted(accepting.median()),
          "");
      atHalfLoad(stage, speed.median() / 2);
    }
  }

  private void atHalfLoad(Stage stage, double perSecond) throws IOException, InterruptedException {
    List<Stage.Round> half = new ArrayList<>();
    for (int i = 0; i < plan.slots(); i++) {
      half.add(stage.round((int) (perSecond * plan.slotSeconds()), perSecond));
    }
    Samples slow = of(half, round -> round.visibleAfter().quantile(0.99));
    report.row(
        "2xx → readable at half load (%,.0f/s), p99".formatted(perSecond),
        "%s; p50 %s; the vendor's own %s taken off"
            .formatted(
                Report.spread(slow, "ms"),
                "%.1f ms".formatted(of(half, r -> r.visibleAfter().median()).median()),
                "%.1f ms".formatted(of(half, r -> r.vendor().median()).median())),
        "%.1f ms".formatted(slow.median()),
        "≤ 50 ms");
  }

  private static Samples of(List<Stage.Round> rounds, ToDoubleFunction<Stage.Round> value) {
    return Samples.of(rounds.stream().mapToDouble(value).toArray());
  }
}
