package io.cloudconnector.host.cli;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.observe.HostVersion;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Exit statuses: 0 done, 1 failed, 2 wrong configuration or wrong use. What the
 * operator can put right is told in words, everything else with a stack trace.
 */
public final class Cli {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Cli() {}

  /** Runs one command and returns the exit status. */
  public static int run(String[] arguments, Commands commands, Console console) {
    CommandLine line =
        new CommandLine(root())
            .addSubcommand(new ServeCommand(commands, console))
            .addSubcommand(new DemoCommand(commands, console))
            .addSubcommand(new PluginsCommand(console))
            .addSubcommand(new MigrateCommand(commands, console))
            .addSubcommand(new BackupCommand(commands, console))
            .addSubcommand(new DeadLettersCommand(console))
            .addSubcommand(new QuarantineCommand(console))
            .addSubcommand(new DeliveryCommand(console))
            .addSubcommand(new RefreshesCommand(console))
            .addSubcommand(new SubscriptionsCommand(console))
            .addSubcommand(new KeysCommand(commands, console));
    addHelp(line);
    return line.setOut(console.out())
        .setErr(console.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setParameterExceptionHandler((e, given) -> misused(e, console))
        .setExecutionExceptionHandler((e, at, given) -> failed(e, console))
        .execute(arguments);
  }

  private static CommandSpec root() {
    HostVersion version = HostVersion.current();
    CommandSpec root =
        CommandSpec.create()
            .name("connector-host")
            .version(
                "connector-host " + version.version() + " (connector API " + version.api() + ")")
            .addOption(
                OptionSpec.builder("-V", "--version")
                    .versionHelp(true)
                    .description("Prints the version.")
                    .build());
    root.usageMessage()
        .description("Links people to wearable clouds and streams what changes there.");
    return root;
  }

  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this help.")
                .build());
    line.getSubcommands().values().forEach(Cli::addHelp);
  }

  private static int misused(ParameterException e, Console console) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    console.err().println(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> meant = unmatched.getSuggestions();
      if (!meant.isEmpty()) {
        console.err().println("Did you mean: " + String.join(" or ", meant) + "?");
      }
    }
    if (!command.subcommands().isEmpty()) {
      e.getCommandLine().usage(console.err());
    } else {
      console.err().println("See: " + command.qualifiedName() + " --help");
    }
    return MISUSED;
  }

  private static int failed(Exception e, Console console) {
    if (e instanceof StartupException startup) {
      console.err().println(startup.getMessage());
      return startup.exitStatus();
    }
    e.printStackTrace(console.err());
    return FAILED;
  }
}
