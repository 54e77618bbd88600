package io.cloudconnector.host.cli;

import io.cloudconnector.host.observe.LogOutput;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "demo",
    description =
        "Shows the whole way of an event: simulated vendors, a linked user, signed webhooks.")
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen.",
      converter = Port.class)
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "Ends after so many events went end to end.",
      converter = Count.class)
  private Optional<Long> events = Optional.empty();

  private final Commands commands;
  private final Console console;

  DemoCommand(Commands commands, Console console) {
    this.commands = commands;
    this.console = console;
  }

  @Override
  public Integer call() {
    console.logging().accept(LogOutput.ofCommand(console.environment()));
    return commands.demo(
        port.map(OptionalInt::of).orElse(OptionalInt.empty()),
        events.map(OptionalLong::of).orElse(OptionalLong.empty()),
        console);
  }

  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) wholeNumber(text, 0, 65_535, "a port from 0 to 65535");
    }
  }

  static final class Count implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return wholeNumber(text, 1, Long.MAX_VALUE, "a whole number above 0");
    }
  }

  private static long wholeNumber(String text, long least, long most, String what) {
    try {
      long number = Long.parseLong(text);
      if (least <= number && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below, together with numbers that are out of range.
    }
    throw new TypeConversionException("'" + text + "' is not " + what);
  }
}
