package io.cloudconnector.host.cli;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "quarantine", description = "Genuine webhooks that a running host cannot read.")
final class QuarantineCommand {
  private final Console console;

  QuarantineCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Lists them, the oldest first.")
  int list(
      @Mixin HostOptions at,
      @Mixin QuarantineOptions kind,
      @Mixin PageOptions page,
      @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      KeptWork.QUARANTINE.list(host, kind.wanted(), page, json, console);
      return 0;
    }
  }

  @Command(description = "Shows one with its body.")
  int show(
      @Parameters(paramLabel = "ID", description = "As listed.") String id,
      @Mixin HostOptions at,
      @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      JsonNode request = KeptWork.QUARANTINE.show(host, id);
      json.print(console, request, KeptWork.words(request));
      return 0;
    }
  }

  @Command(description = "Has the connector read requests again, after its repair.")
  int replay(@Mixin ReplayChoice which, @Mixin QuarantineOptions kind, @Mixin HostOptions at) {
    Map<String, String> wanted = kind.wanted();
    Optional<String> id = which.one(wanted);
    try (HostClient host = at.client(console)) {
      if (id.isPresent()) {
        KeptWork.QUARANTINE.replay(host, id.get());
        console.out().println("Request " + id.get() + " could be read; its events are accepted.");
        return 0;
      }
      JsonNode answer = KeptWork.QUARANTINE.replay(host, wanted);
      long left = answer.path("left").asLong();
      console
          .out()
          .println("Could be read: " + answer.path("replayed").asLong() + ", still not: " + left);
      return left == 0 ? 0 : 1;
    }
  }

  @Command(description = "Lets one go: what it told is never delivered.")
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
      KeptWork.QUARANTINE.discard(host, id, reason);
      console.out().println("Request " + id + " is discarded.");
      return 0;
    }
  }
}
