package io.cloudconnector.host.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "dead-letters", description = "Work that a running host has given up.")
final class DeadLettersCommand {
  private final Console console;

  DeadLettersCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Lists them, the oldest first.")
  int list(
      @Mixin HostOptions at,
      @Mixin DeadLetterOptions kind,
      @Mixin PageOptions page,
      @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      KeptWork.DEAD_LETTERS.list(host, kind.wanted(), page, json, console);
      return 0;
    }
  }

  @Command(description = "Shows one with all that is known of it.")
  int show(
      @Parameters(paramLabel = "ID", description = "As listed.") String id,
      @Mixin HostOptions at,
      @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      JsonNode letter = KeptWork.DEAD_LETTERS.show(host, id);
      json.print(console, letter, KeptWork.words(letter));
      return 0;
    }
  }

  @Command(description = "Has work tried again, in its old place in the order.")
  int replay(@Mixin ReplayChoice which, @Mixin DeadLetterOptions kind, @Mixin HostOptions at) {
    Map<String, String> wanted = kind.wanted();
    Optional<String> id = which.one(wanted);
    try (HostClient host = at.client(console)) {
      if (id.isPresent()) {
        KeptWork.DEAD_LETTERS.replay(host, id.get());
        console.out().println("Dead letter " + id.get() + " is tried again.");
      } else {
        JsonNode answer = KeptWork.DEAD_LETTERS.replay(host, wanted);
        console.out().println("Tried again: " + answer.path("replayed").asLong());
      }
      return 0;
    }
  }

  @Command(description = "Lets one go: its change is never delivered.")
  int discard(
      @Parameters(paramLabel = "ID", description = "As listed.") String id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "Why, for the host's log.")
          String reason,
      @Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      KeptWork.DEAD_LETTERS.discard(host, id, reason);
      console.out().println("Dead letter " + id + " is discarded.");
      return 0;
    }
  }
}
