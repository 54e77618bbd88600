package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Durable accept of webhooks against the same server that only reads them and checks one HMAC, in
 * turns within one process. The vendor does not answer meanwhile, so that accepting is all there is
 * to do.
 */
final class AcceptBenchmark {
  private static final String DURABLE = "/webhooks/whoop";
  private static final String CEILING = "/webhooks/ceiling";
  private static final int FIRST_GUESS = 500;

  private final Plan plan;
  private final Report report;

  AcceptBenchmark(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  /** Returns the accepted webhooks a second. */
  double run(Path folder, Engine engine) throws IOException, InterruptedException {
    try (Stage stage = Stage.open(folder, engine, "accept", plan.people(), 0)) {
      stage.vendor().hold();
      int durableCount = warmUp(stage, DURABLE);
      int ceilingCount = warmUp(stage, CEILING);
      List<LoadResult> durable = new ArrayList<>();
      List<LoadResult> ceiling = new ArrayList<>();
      for (int i = 0; i < plan.slots(); i++) {
        ceiling.add(turn(stage, CEILING, ceilingCount));
        durable.add(turn(stage, DURABLE, durableCount));
      }
      rows(durable, ceiling);
      return speeds(durable).median();
    }
  }

  /** From an idle host on, so that no turn pays for the one before it. */
  private static LoadResult turn(Stage stage, String path, int count)
      throws IOException, InterruptedException {
    stage.host().awaitIdle();
    return load(stage, path, count);
  }

  private static LoadResult load(Stage stage, String path, int count) throws IOException {
    return stage.client().run(stage.webhooks(count, path));
  }

  /** Returns how many requests fill one turn. */
  private int warmUp(Stage stage, String path) throws IOException {
    long deadline = System.nanoTime() + plan.warmUpSeconds() * 1_000_000_000L;
    double perSecond = FIRST_GUESS;
    while (System.nanoTime() < deadline) {
      perSecond = load(stage, path, Math.max(FIRST_GUESS, (int) perSecond)).perSecond();
    }
    return (int) (perSecond * plan.slotSeconds());
  }

  private void rows(List<LoadResult> durable, List<LoadResult> ceiling) {
    Samples speed = speeds(durable);
    Samples most = speeds(ceiling);
    report.row(
        "durable accept, %d connections".formatted(Stage.CONNECTIONS),
        "%s against a ceiling of %s"
            .formatted(Report.spread(speed, "/s"), Report.spread(most, "/s")),
        "%.2f".formatted(speed.median() / most.median()),
        "≥ 0.5");
    Samples slow = quantiles(durable, 0.99);
    Samples slowCeiling = quantiles(ceiling, 0.99);
    report.row(
        "latency of accept, p99",
        "%s against %s; p50 %s against %s"
            .formatted(
                Report.spread(slow, "ms"),
                Report.spread(slowCeiling, "ms"),
                "%.1f ms".formatted(quantiles(durable, 0.5).median()),
                "%.1f ms".formatted(quantiles(ceiling, 0.5).median())),
        "%.2f".formatted(slow.median() / slowCeiling.median()),
        "≤ 4");
  }

  private static Samples speeds(List<LoadResult> turns) {
    return Samples.of(turns.stream().mapToDouble(LoadResult::perSecond).toArray());
  }

  private static Samples quantiles(List<LoadResult> turns, double share) {
    return Samples.of(turns.stream().mapToDouble(t -> t.latencies().quantile(share)).toArray());
  }
}
