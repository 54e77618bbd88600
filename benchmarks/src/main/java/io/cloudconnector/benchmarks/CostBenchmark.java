package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event costs when the log is empty and when it is long. One host for each size, all warm,
 * working in turns.
 */
final class CostBenchmark {
  private final Plan plan;
  private final Report report;

  CostBenchmark(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  /** One size of the log, and what its turns gave. */
  private record Subject(Stage stage, int log, List<Double> cpu, List<Double> wall) {
    /** In microseconds of processor time and of wall time for one event. */
    void turn(Engine engine, int events) throws IOException, InterruptedException {
      Duration before = stage.host().cpu().plus(engine.cpu());
      Stage.Round round = stage.round(events, 0);
      Duration used = stage.host().cpu().plus(engine.cpu()).minus(before);
      cpu.add(used.toNanos() / 1e3 / events);
      wall.add(1e6 / round.perSecond());
    }

    Samples cpuSamples() {
      return Samples.of(cpu);
    }

    Samples wallSamples() {
      return Samples.of(wall);
    }
  }

  void run(Path folder, Engine engine) throws IOException, InterruptedException {
    List<Subject> subjects = new ArrayList<>();
    try {
      for (int log : plan.logs()) {
        Stage stage = Stage.open(folder, engine, "cost" + log, plan.connections(), log);
        subjects.add(new Subject(stage, log, new ArrayList<>(), new ArrayList<>()));
        stage.warmUp(plan.warmUpSeconds() / 2);
      }
      int events = eventsOfTurn(subjects.getFirst());
      for (int i = 0; i < plan.slots(); i++) {
        for (Subject subject : subjects) {
          subject.turn(engine, events);
        }
      }
      rows(subjects);
    } finally {
      for (Subject subject : subjects) {
        subject.stage().close();
      }
    }
  }

  private int eventsOfTurn(Subject empty) throws IOException, InterruptedException {
    double perSecond = empty.stage().round(500, 0).perSecond();
    return (int) Math.clamp(perSecond * plan.slotSeconds(), 500.0, (double) plan.costEvents());
  }

  private void rows(List<Subject> subjects) {
    Subject empty = subjects.getFirst();
    for (Subject subject : subjects) {
      Samples cpu = subject.cpuSamples();
      Samples wall = subject.wallSamples();
      report.row(
          "cost of an event, %,d in the log, %,d connections"
              .formatted(subject.log(), plan.connections()),
          "%s of processor time; %s of wall time"
              .formatted(Report.spread(cpu, "µs"), Report.spread(wall, "µs")),
          "%.2f, %.2f"
              .formatted(
                  cpu.median() / empty.cpuSamples().median(),
                  wall.median() / empty.wallSamples().median()),
          subject.log() == empty.log() ? "" : "≤ 1.2");
    }
  }
}
