package io.cloudconnector.host.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "subscriptions",
    description = "What a running host has registered at a vendor to get its webhooks.")
final class SubscriptionsCommand {
  private static final List<String> COLUMNS =
      List.of("resourceType", "event", "expiresAt", "id", "callbackUrl");

  private final Console console;

  SubscriptionsCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Shows how they stand, and lists those that the last check found.")
  int list(
      @Parameters(paramLabel = "VENDOR", description = "As in the configuration.") String vendor,
      @Mixin HostOptions at,
      @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      JsonNode answer = host.get(path(vendor));
      json.print(console, answer, words(answer));
      return 0;
    }
  }

  private static String words(JsonNode answer) {
    return "%s%n%n%s%s"
        .formatted(
            standing(answer),
            table("Here", answer.path("ours")),
            table("\n\nElsewhere, left alone", answer.path("elsewhere")))
        .stripTrailing();
  }

  private static String standing(JsonNode answer) {
    return answer.properties().stream()
            .filter(each -> !each.getValue().isArray() && !each.getValue().isNull())
            .map(each -> "%-14s".formatted(each.getKey() + ":") + Printable.cell(each.getValue()))
            .collect(Collectors.joining("\n"))
        + "\n%-14s".formatted("wantedTypes:")
        + StreamSupport.stream(answer.path("wantedTypes").spliterator(), false)
            .map(Printable::cell)
            .collect(Collectors.joining(", "));
  }

  private static String table(String heading, JsonNode rows) {
    return rows.isEmpty() ? "" : heading + "\n" + TextTable.of(COLUMNS, rows);
  }

  @Command(description = "Has them checked and put right now.")
  int check(
      @Parameters(paramLabel = "VENDOR", description = "As in the configuration.") String vendor,
      @Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      host.post(path(vendor) + "/check");
      console
          .out()
          .println("Asked for; 'subscriptions list " + vendor + "' shows what came of it.");
      return 0;
    }
  }

  private static String path(String vendor) {
    return "/v1/connectors/" + HostClient.segment(vendor) + "/subscriptions";
  }
}
