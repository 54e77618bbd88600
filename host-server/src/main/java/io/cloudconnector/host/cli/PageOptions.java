package io.cloudconnector.host.cli;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which part of a long list is shown. */
final class PageOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many, 1 to 1000; 100 by default.")
  private int limit;

  @Option(names = "--after", paramLabel = "ID", description = "Only what follows this id.")
  private Optional<String> after = Optional.empty();

  int limit() {
    return limit;
  }

  Map<String, String> wanted() {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("limit", Integer.toString(limit));
    after.ifPresent(id -> wanted.put("after", id));
    return wanted;
  }
}
