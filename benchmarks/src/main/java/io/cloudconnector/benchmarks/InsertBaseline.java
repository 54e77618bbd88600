package io.cloudconnector.benchmarks;

import io.cloudconnector.host.store.Database;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a database does when each small row is a commit of its own, asked from as many sides at once
 * as the host is.
 */
final class InsertBaseline {
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
  private static final String TABLE =
      "CREATE TABLE baseline (id BIGINT PRIMARY KEY, person BIGINT, body TEXT)";

  private final Plan plan;
  private final Report report;

  InsertBaseline(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  /** Compares with what the host accepts a second. */
  void run(Path folder, Engine engine, double accepted) throws IOException, InterruptedException {
    HostSetup setup =
        new HostSetup(
            Files.createDirectories(folder.resolve("baseline")),
            engine.newDatabase(folder, "baseline"),
            "",
            0);
    try (Database database = setup.open()) {
      database.execute(tx -> tx.execute(TABLE));
      row("single-row commits through JDBC", accepted, loop(database));
    }
    if (engine instanceof PostgresqlEngine postgresql) {
      Optional<Path> pgbench = pgbench();
      if (pgbench.isPresent()) {
        row("single-row commits by pgbench", accepted, pgbench(pgbench.get(), folder, postgresql));
      } else {
        report.row("single-row commits by pgbench", "pgbench is not installed", "skipped", "≥ 1.5");
      }
    }
  }

  private void row(String what, double accepted, double inserts) {
    report.row(
        "accept against " + what,
        "%,.0f /s against %,.0f /s".formatted(accepted, inserts),
        "%.2f".formatted(accepted / inserts),
        what.contains("pgbench") ? "≥ 1.5" : "");
  }

  /** Through the pool that the host has, as the simplest host would do it. */
  private double loop(Database database) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    long began = System.nanoTime();
    long deadline = began + plan.slotSeconds() * 2_000_000_000L;
    try (ExecutorService threads = Executors.newFixedThreadPool(Stage.CONNECTIONS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < Stage.CONNECTIONS; i++) {
        running.add(threads.submit(() -> insertUntil(deadline, database, next)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the database refuses a row", e);
    }
    return next.get() / ((System.nanoTime() - began) / 1e9);
  }

  private static void insertUntil(long deadline, Database database, AtomicLong next) {
    while (System.nanoTime() < deadline) {
      long id = next.incrementAndGet();
      database.execute(
          tx ->
              tx.execute("INSERT INTO baseline VALUES (?, ?, ?)", id, id % 1000, "x".repeat(200)));
    }
  }

  static Optional<Path> pgbench() throws IOException {
    List<Path> places = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      places.add(Path.of(folder, "pgbench"));
    }
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.forEach(version -> places.add(version.resolve("bin").resolve("pgbench")));
      }
    }
    return places.stream().filter(Files::isExecutable).findFirst();
  }

  private double pgbench(Path pgbench, Path folder, PostgresqlEngine engine)
      throws IOException, InterruptedException {
    Path script = folder.resolve("insert.sql");
    Files.writeString(
        script,
        """
        \\set person random(1, 1000)
        INSERT INTO pgbench_baseline (person, body) VALUES (:person, repeat('x', 200));
        """);
    engine.execute(
        "CREATE TABLE pgbench_baseline"
            + " (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person BIGINT, body TEXT)");
    List<String> command =
        List.of(
            pgbench.toString(),
            "-h",
            "localhost",
            "-p",
            Integer.toString(engine.port()),
            "-U",
            "postgres",
            "-n",
            "-M",
            "prepared",
            "-c",
            Integer.toString(Stage.CONNECTIONS),
            "-j",
            "2",
            "-T",
            Integer.toString(2 * plan.slotSeconds()),
            "-f",
            script.toString(),
            "postgres");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Matcher tps = TPS.matcher(output);
    if (!tps.find()) {
      throw new IllegalStateException("pgbench did not work:\n" + output);
    }
    return Double.parseDouble(tps.group(1));
  }
}
