package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A started command and what it printed so far. */
final class HostProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final Path out;
  private final Path err;

  private HostProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static HostProcess start(
      List<String> command, Map<String, String> environment, Path outputs, String name) {
    Path out = outputs.resolve(name + ".out");
    Path err = outputs.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(outputs.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("CONNECTOR_"));
    builder.environment().putAll(environment);
    try {
      return new HostProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The exit status, once it ended by itself. */
  int status() {
    return status(PATIENCE);
  }

  /** The exit status of what may take so long. */
  int status(Duration patience) {
    try {
      assertThat(process.waitFor(patience))
          .as("ended within %s; it printed:%n%s%n%s", patience, out(), err())
          .isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  /** Of the host itself: what starts it becomes it. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM, as service managers send. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL: nothing is tidied up. */
  void kill() {
    process.destroyForcibly();
    status();
  }

  String out() {
    return content(out);
  }

  String err() {
    return content(err);
  }

  List<String> lines() {
    return out().lines().toList();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What traces a host ends without it. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
