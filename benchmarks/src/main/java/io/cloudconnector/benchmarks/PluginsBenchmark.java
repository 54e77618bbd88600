package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes to look at many plugins: the command that does nothing else, as a process, from
 * its start to its end, with one plugin and with a hundred in turns.
 */
final class PluginsBenchmark {
  private static final int MANY = 100;

  private final Plan plan;
  private final Report report;

  PluginsBenchmark(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  void run(Path folder) throws IOException, InterruptedException {
    Path one = PluginFolder.ofMany(folder.resolve("one"), 1);
    Path many = PluginFolder.ofMany(folder.resolve("many"), MANY);
    List<Double> ofOne = new ArrayList<>();
    List<Double> ofMany = new ArrayList<>();
    for (int i = 0; i < plan.slots(); i++) {
      ofOne.add(seconds(folder, one));
      ofMany.add(seconds(folder, many));
    }
    double median = Samples.of(ofMany).median();
    report.row(
        "%d plugins looked at, a whole process of `plugins verify`".formatted(MANY),
        "%s against %s with one plugin"
            .formatted(
                Report.spread(Samples.of(ofMany), "s"), Report.spread(Samples.of(ofOne), "s")),
        "%.2f s".formatted(median),
        "≤ 2 s");
  }

  private static double seconds(Path home, Path plugins) throws IOException, InterruptedException {
    List<String> command = HostProcess.command(home, "plugins", "verify", plugins.toString());
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("plugins.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("not all plugins were loaded: see plugins.log in " + home);
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
