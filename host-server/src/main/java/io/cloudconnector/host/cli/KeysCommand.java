package io.cloudconnector.host.cli;

import picocli.CommandLine.Command;

@Command(name = "keys", description = "Encryption keys.")
final class KeysCommand {
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
}
