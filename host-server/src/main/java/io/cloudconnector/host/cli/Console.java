package io.cloudconnector.host.cli;

import io.cloudconnector.host.observe.LogOutput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a command has around it.
 *
 * @param home the distribution's folder, absolute
 * @param logging told where the log goes, before anything is logged
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path home,
    Consumer<LogOutput> logging) {
  private static final String HOME = "connector.home";

  public Console {
    Objects.requireNonNull(out);
    Objects.requireNonNull(err);
    environment = Map.copyOf(environment);
    Objects.requireNonNull(home);
    Objects.requireNonNull(logging);
  }

  /**
   * That of this process. The launcher says in the system property {@code connector.home} where the
   * distribution is; without it, it is the working directory.
   */
  public static Console ofProcess() {
    return new Console(
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        System.getenv(),
        Path.of(System.getProperty(HOME, "")).toAbsolutePath().normalize(),
        LogOutput::install);
  }

  /** Where the configuration is unless a command names another place. */
  Path defaultConfig() {
    return home.resolve("conf").resolve("connector-host.yaml");
  }
}
