package io.cloudconnector.host.cli;

import io.cloudconnector.host.observe.LogOutput;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = "Copies the SQLite database into a file, of a running host too.")
final class BackupCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist.")
  private Path file = Path.of("");

  @Mixin private final ConfigOption config = new ConfigOption();
  private final Commands commands;
  private final Console console;

  BackupCommand(Commands commands, Console console) {
    this.commands = commands;
    this.console = console;
  }

  @Override
  public Integer call() {
    console.logging().accept(LogOutput.ofCommand(console.environment()));
    return commands.backup(config.fileOf(console), file.toAbsolutePath().normalize(), console);
  }
}
