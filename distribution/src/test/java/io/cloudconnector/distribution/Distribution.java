package io.cloudconnector.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A copy of the built distribution in a folder with a blank in its name, and what runs of it. */
final class Distribution implements AutoCloseable {
  private final List<HostProcess> processes = new ArrayList<>();
  private final Path outputs;
  private final Path home;

  private Distribution(Path home, Path outputs) {
    this.home = home;
    this.outputs = outputs;
  }

  static Distribution copiedTo(Path folder) {
    Path home = folder.resolve("connector host");
    copy(Path.of(property("distribution.folder")), home);
    if (!home.resolve("bin/connector-host").toFile().setExecutable(true)) {
      throw new IllegalStateException("the launcher cannot be made executable");
    }
    Distribution copied = new Distribution(home, folder);
    copied.pluginsAreWritable(false);
    return copied;
  }

  static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pluginsAreWritable(boolean writable) {
    if (!plugins().toFile().setWritable(writable)) {
      throw new IllegalStateException("whether the plugins folder is writable cannot be set");
    }
  }

  /** Drops a plugin in, a jar or a folder. */
  void plug(Path plugin) {
    pluginsAreWritable(true);
    copy(plugin, plugins().resolve(plugin.getFileName()));
    pluginsAreWritable(false);
  }

  Path plugins() {
    return home.resolve("plugins");
  }

  Path sdk() {
    return home.resolve("sdk");
  }

  Path home() {
    return home;
  }

  Path launcher() {
    return home.resolve("bin").resolve("connector-host");
  }

  /** Starts a command, with no variable of ours in its environment. */
  HostProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  /** Starts a command. Not in the distribution's folder: that must not matter. */
  HostProcess start(Map<String, String> environment, String... arguments) {
    return start(launcher(), environment, arguments);
  }

  HostProcess start(Path launcher, Map<String, String> environment, String... arguments) {
    return run(List.of(launcher.toString()), environment, arguments);
  }

  /** Starts a command by way of another, such as one that traces it. */
  HostProcess startThrough(
      List<String> other, Map<String, String> environment, String... arguments) {
    List<String> both = new ArrayList<>(other);
    both.add(launcher().toString());
    return run(both, environment, arguments);
  }

  private HostProcess run(
      List<String> program, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    Map<String, String> ours = new HashMap<>(environment);
    ours.putIfAbsent("CONNECTOR_JAVA_OPTS", "");
    HostProcess process =
        HostProcess.start(command, ours, outputs, Integer.toString(processes.size()));
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    processes.forEach(HostProcess::close);
  }
}
