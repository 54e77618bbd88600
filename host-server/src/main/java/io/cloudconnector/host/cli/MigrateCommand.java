package io.cloudconnector.host.cli;

import io.cloudconnector.host.observe.LogOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "migrate", description = "Brings the database to what this version needs.")
final class MigrateCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  private final Commands commands;
  private final Console console;

  MigrateCommand(Commands commands, Console console) {
    this.commands = commands;
    this.console = console;
  }

  @Override
  public Integer call() {
    console.logging().accept(LogOutput.ofCommand(console.environment()));
    return commands.migrate(config.fileOf(console), console);
  }
}
