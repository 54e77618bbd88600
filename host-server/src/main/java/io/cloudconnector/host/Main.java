package io.cloudconnector.host;

import io.cloudconnector.host.cli.Cli;
import io.cloudconnector.host.cli.Console;

/** Where the process begins. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(arguments, new HostCommands(), Console.ofProcess()));
  }
}
