package io.cloudconnector.host.cli;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the commands do that need the whole host. Each returns the exit status, and throws {@link
 * io.cloudconnector.host.config.StartupException} for what the operator can put right.
 */
public interface Commands {
  /** Serves until the process is told to stop. */
  int serve(Path config, Console console);

  /**
   * Shows the whole way of an event with simulated vendors.
   *
   * @param port where to listen; empty: where it likes
   * @param events after how many events to end well; empty: never
   */
  int demo(OptionalInt port, OptionalLong events, Console console);

  /** Brings the database to the shape that this version needs. */
  int migrate(Path config, Console console);

  /**
   * Copies the database, which a running host may be using.
   *
   * @param file absolute; the copy, not there yet
   */
  int backup(Path config, Path file, Console console);

  /** A new encryption key, as it stands in the configuration. */
  String generateKey();
}
