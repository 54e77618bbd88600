package io.cloudconnector.host.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config FILE}. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration; conf/connector-host.yaml of the distribution by default.")
  private Optional<Path> file = Optional.empty();

  Path fileOf(Console console) {
    return file.orElseGet(console::defaultConfig).toAbsolutePath().normalize();
  }
}
