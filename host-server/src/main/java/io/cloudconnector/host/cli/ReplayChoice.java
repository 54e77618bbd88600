package io.cloudconnector.host.cli;

import io.cloudconnector.host.config.StartupException;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether one, a kind or all are replayed: exactly one of these is said. */
final class ReplayChoice {
  @Parameters(arity = "0..1", paramLabel = "ID", description = "The one to replay.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--all", description = "Replays all of them.")
  private boolean all;

  /**
   * The one to replay, or empty for a kind, which is empty itself for all.
   *
   * @throws StartupException when it is not clear which
   */
  Optional<String> one(Map<String, String> kind) {
    int said = (id.isPresent() ? 1 : 0) + (all ? 1 : 0) + (kind.isEmpty() ? 0 : 1);
    if (said != 1) {
      throw StartupException.configuration(
          "say which: an ID, or --all, or --vendor V and what else tells them apart");
    }
    if (!kind.isEmpty() && !kind.containsKey("vendor")) {
      throw StartupException.configuration("a kind needs its --vendor");
    }
    return id;
  }
}
