package io.cloudconnector.host.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which quarantined requests are meant. */
final class QuarantineOptions {
  @Option(names = "--vendor", paramLabel = "V", description = "Only those of this vendor.")
  private Optional<String> vendor = Optional.empty();

  @Option(names = "--why", paramLabel = "TEXT", description = "Only those whose reason begins so.")
  private Optional<String> why = Optional.empty();

  /** By the names of the interface. */
  Map<String, String> wanted() {
    Map<String, String> wanted = new TreeMap<>();
    vendor.ifPresent(value -> wanted.put("vendor", value));
    why.ifPresent(value -> wanted.put("why", value));
    return wanted;
  }
}
