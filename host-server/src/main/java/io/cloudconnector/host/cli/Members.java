package io.cloudconnector.host.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A JSON object as lines of name and value. */
final class Members {
  private Members() {}

  static String of(JsonNode object) {
    return object.properties().stream()
        .map(each -> "%-14s".formatted(each.getKey() + ":") + Printable.cell(each.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
