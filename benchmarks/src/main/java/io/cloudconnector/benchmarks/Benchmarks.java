package io.cloudconnector.benchmarks;

import io.cloudconnector.host.observe.LogOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Measures the host and writes a table. Settings are system properties: {@code benchmark.form}
 * ({@code short}, {@code standard}, {@code long}), {@code benchmark.engines}, {@code
 * benchmark.parts}, and {@code benchmark.folder} for data and the table.
 */
public final class Benchmarks {
  private final Plan plan = Plan.of(System.getProperty("benchmark.form", "standard"));
  private final Set<String> engines = words("benchmark.engines", "sqlite,postgresql");
  private final Set<String> parts =
      words("benchmark.parts", "calls,plugins,accept,flow,cost,waiting");
  private final Report report = new Report();

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    new LogOutput("text", "WARN", "System.err").install();
    new Benchmarks().run(Path.of(System.getProperty("benchmark.folder", "target/benchmark")));
    System.exit(0);
  }

  private static Set<String> words(String property, String standard) {
    String text = System.getProperty(property, standard);
    return new TreeSet<>(Arrays.asList(text.split(",", -1)));
  }

  private void run(Path folder) throws IOException, InterruptedException {
    delete(folder);
    Files.createDirectories(folder);
    report.paragraph(Machine.description());
    report.paragraph("Form: " + plan.form() + ". Medians; in brackets the least and the most.");
    if (parts.contains("calls")) {
      CallBenchmark.run(report);
    }
    if (parts.contains("plugins")) {
      report.table("without a database");
      new PluginsBenchmark(plan, report).run(Files.createDirectories(folder.resolve("plugins")));
    }
    for (String engine : engines) {
      try (Engine open = open(engine, folder)) {
        measure(Files.createDirectories(folder.resolve(engine)), open);
      }
    }
    report.write(folder.resolve("table.md"));
  }

  private static Engine open(String name, Path folder) throws IOException {
    return switch (name) {
      case "sqlite" -> new SqliteEngine();
      case "postgresql" -> new PostgresqlEngine(folder);
      default ->
          throw new IllegalArgumentException(
              "benchmark.engines names '" + name + "'; there are sqlite and postgresql");
    };
  }

  private void measure(Path folder, Engine engine) throws IOException, InterruptedException {
    report.table(engine.settings());
    if (parts.contains("accept")) {
      double accepted = new AcceptBenchmark(plan, report).run(folder, engine);
      new InsertBaseline(plan, report).run(folder, engine, accepted);
    }
    if (parts.contains("flow")) {
      new FlowBenchmark(plan, report).run(folder, engine);
    }
    if (parts.contains("cost")) {
      new CostBenchmark(plan, report).run(folder, engine);
    }
    if (parts.contains("waiting")) {
      new WaitingBenchmark(plan, report).run(folder, engine);
    }
  }

  /** What an earlier run left. */
  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.delete(path);
        }
      }
    }
  }
}
