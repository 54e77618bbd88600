package io.cloudconnector.host.cli;

import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code --json}. */
final class JsonOption {
  @Option(names = "--json", description = "Prints the host's answer as JSON, for scripts.")
  private boolean json;

  /**
   * Prints an answer as one of the two.
   *
   * @param words for people
   */
  void print(Console console, JsonNode answer, String words) {
    console.out().println(json ? answer.toPrettyString() : words);
  }

  boolean chosen() {
    return json;
  }
}
