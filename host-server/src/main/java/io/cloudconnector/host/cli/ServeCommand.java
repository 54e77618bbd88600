package io.cloudconnector.host.cli;

import io.cloudconnector.host.observe.LogOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "serve", description = "Runs the host until it is told to stop.")
final class ServeCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();
  private final Commands commands;
  private final Console console;

  ServeCommand(Commands commands, Console console) {
    this.commands = commands;
    this.console = console;
  }

  @Override
  public Integer call() {
    console.logging().accept(LogOutput.ofService(console.environment()));
    return commands.serve(config.fileOf(console), console);
  }
}
