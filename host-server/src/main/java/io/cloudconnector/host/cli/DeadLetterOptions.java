package io.cloudconnector.host.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class DeadLetterOptions {
  @Option(names = "--vendor", paramLabel = "V", description = "Only those of this vendor.")
  private Optional<String> vendor = Optional.empty();

  @Option(names = "--resource-type", paramLabel = "T", description = "Only those of this type.")
  private Optional<String> resourceType = Optional.empty();

  @Option(names = "--user-id", paramLabel = "U", description = "Only those of this person.")
  private Optional<String> userId = Optional.empty();

  @Option(names = "--why", paramLabel = "TEXT", description = "Only those whose reason begins so.")
  private Optional<String> why = Optional.empty();

  /** By the names of the interface. */
  Map<String, String> wanted() {
    Map<String, String> wanted = new TreeMap<>();
    vendor.ifPresent(value -> wanted.put("vendor", value));
    resourceType.ifPresent(value -> wanted.put("resourceType", value));
    userId.ifPresent(value -> wanted.put("userId", value));
    why.ifPresent(value -> wanted.put("why", value));
    return wanted;
  }
}
