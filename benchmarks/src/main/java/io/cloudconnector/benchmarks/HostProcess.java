package io.cloudconnector.benchmarks;

import io.cloudconnector.host.Main;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The host as a process of its own, with the options that its launcher gives it. */
final class HostProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration IDLE_PATIENCE = Duration.ofMinutes(5);
  private static final Duration IDLE_LOOK = Duration.ofMillis(500);

  /** Idle is who takes less than this part of a processor. */
  private static final int IDLE_SHARE = 15;

  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Xms32m",
          "-Xmn24m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "-XX:TrimNativeHeapInterval=5000",
          "-Xlog:trimnative=off",
          "-Dfile.encoding=UTF-8");

  private final Process process;
  private final int port;
  private final Path log;

  private HostProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts one and waits until it is ready. */
  static HostProcess start(HostSetup setup) throws IOException, InterruptedException {
    List<String> command = command(setup.folder(), "serve", "--config", setup.config().toString());
    Path log = setup.folder().resolve("host.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    HostProcess host = new HostProcess(process, setup.port(), log);
    host.awaitReady();
    return host;
  }

  /** Runs the host with these words of its command line. */
  static List<String> command(Path home, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(extraOptions());
    command.addAll(List.of("-Dconnector.home=" + home, "-cp", classPath(), Main.class.getName()));
    command.addAll(List.of(words));
    return command;
  }

  private static List<String> extraOptions() {
    String options = System.getProperty("benchmark.host.options", "");
    return options.isBlank() ? List.of() : List.of(options.split(" ", -1));
  }

  /** Without plugins: they are loaded from their folder. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("connector-whoop"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("the host did not start:\n" + Files.readString(log));
      }
      Thread.sleep(5);
    }
  }

  private boolean isReady() {
    try {
      URI address = URI.create("http://127.0.0.1:" + port + "/health/ready");
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Processor time so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Until it has next to nothing to do. What a burst leaves to be sorted would else be done in the
   * turn that follows, and slow down what it is compared with.
   */
  void awaitIdle() throws InterruptedException {
    long deadline = System.nanoTime() + IDLE_PATIENCE.toNanos();
    Duration before;
    do {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the host still works after " + IDLE_PATIENCE);
      }
      before = cpu();
      Thread.sleep(IDLE_LOOK);
    } while (cpu().minus(before).compareTo(IDLE_LOOK.dividedBy(IDLE_SHARE)) > 0);
  }

  /** Resident memory now, and the most so far, in megabytes; as far as the system tells. */
  String memory() {
    return "%s MB now, %s MB at most".formatted(status("VmRSS"), status("VmHWM"));
  }

  private String status(String field) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .map(kilobytes -> Long.toString(Long.parseLong(kilobytes) / 1024))
          .findFirst()
          .orElse("?");
    } catch (IOException elsewhere) {
      return "?";
    }
  }

  /** A line of the host's metrics, as text. */
  String metrics() throws IOException {
    URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (InputStream in = address.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(40, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
