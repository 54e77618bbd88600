package io.cloudconnector.host.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "refreshes", description = "How a running host renews vendors' tokens.")
final class RefreshesCommand {
  private final Console console;

  RefreshesCommand(Console console) {
    this.console = console;
  }

  @Command(description = "Goes on after they were stopped, since too many links would have died.")
  int resume(
      @Parameters(paramLabel = "VENDOR", description = "As in the configuration.") String vendor,
      @Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      host.post("/v1/connectors/" + HostClient.segment(vendor) + "/refreshes/resume");
      console.out().println("Tokens of " + vendor + " are refreshed again.");
      return 0;
    }
  }
}
