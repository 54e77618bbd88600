package io.cloudconnector.host.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "delivery", description = "How a running host sends events to your webhook.")
final class DeliveryCommand {
  private static final String PATH = "/v1/delivery";
  private static final List<String> COLUMNS =
      List.of("id", "parkedAt", "vendor", "userId", "type", "attempts", "why");

  private final Console console;

  DeliveryCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Shows how far it is, and whether it gets through.")
  int status(@Mixin HostOptions at, @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      JsonNode status = host.get(PATH);
      json.print(console, status, Members.of(status));
      return 0;
    }
  }

  @Command(description = "Goes on after the webhook had answered 410 Gone.")
  int resume(@Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      host.post(PATH + "/resume");
      console.out().println("Events are sent again.");
      return 0;
    }
  }

  @Command(description = "Sends everything after a cursor again.")
  int replay(
      @Option(
              names = "--after",
              paramLabel = "CURSOR",
              required = true,
              description = "A 'position' or the 'next' of a page; what follows is sent again.")
          String after,
      @Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      host.post(PATH + "/replay", Map.of("after", after));
      console.out().println("Everything after " + after + " is sent again.");
      return 0;
    }
  }

  @Command(description = "Lists events that the webhook refused for too long.")
  int parked(@Mixin HostOptions at, @Mixin PageOptions page, @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      JsonNode answer = host.get(PATH + "/parked?" + HostClient.query(page.wanted()));
      JsonNode rows = answer.path("parked");
      json.print(console, answer, rows.isEmpty() ? "None." : TextTable.of(COLUMNS, rows));
      return 0;
    }
  }

  @Command(name = "replay-parked", description = "Sends a parked event once more.")
  int replayParked(
      @Parameters(paramLabel = "ID", description = "As listed.") String id, @Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      host.post(PATH + "/parked/" + HostClient.segment(id) + "/replay");
      console.out().println("Event " + id + " is sent once more.");
      return 0;
    }
  }

  @Command(name = "discard-parked", description = "Lets a parked event go: it is never delivered.")
  int discardParked(
      @Parameters(paramLabel = "ID", description = "As listed.") String id, @Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      host.delete(PATH + "/parked/" + HostClient.segment(id));
      console.out().println("Event " + id + " is discarded.");
      return 0;
    }
  }
}
