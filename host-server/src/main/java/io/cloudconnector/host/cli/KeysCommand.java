package io.cloudconnector.host.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(name = "keys", description = "Encryption keys.")
final class KeysCommand {
  private static final String PATH = "/v1/keys";
  private static final List<String> COLUMNS = List.of("id", "first", "configured", "values");

  private final Commands commands;
  private final Console console;

  KeysCommand(Commands commands, Console console) {
    this.commands = commands;
    this.console = console;
  }

  @Command(description = "Prints a new key for security.encryptionKeys.")
  int generate() {
    console.out().println(commands.generateKey());
    return 0;
  }

  @Command(description = "Lists the keys of a running host, and how many values each seals.")
  int list(@Mixin HostOptions at, @Mixin JsonOption json) {
    try (HostClient host = at.client(console)) {
      JsonNode answer = host.get(PATH);
      json.print(console, answer, words(answer));
      return 0;
    }
  }

  private static String words(JsonNode answer) {
    String keys = TextTable.of(COLUMNS, answer.path("keys"));
    JsonNode rotation = answer.path("rotation");
    return rotation.isObject() ? keys + "\n\nLast rotation\n" + Members.of(rotation) : keys;
  }

  @Command(description = "Has a running host seal everything anew under the first key.")
  int rotate(@Mixin HostOptions at) {
    try (HostClient host = at.client(console)) {
      boolean started = host.post(PATH + "/rotate").path("started").asBoolean();
      console
          .out()
          .println(
              (started ? "It has begun" : "It is under way already")
                  + "; 'keys list' shows how far it is.");
      return 0;
    }
  }
}
