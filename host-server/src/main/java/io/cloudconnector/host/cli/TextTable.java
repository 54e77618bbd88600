package io.cloudconnector.host.cli;

import io.cloudconnector.host.observe.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** JSON objects as aligned columns, one line each under a heading. */
final class TextTable {
  private static final int WIDEST = 60;

  private TextTable() {}

  static String of(List<String> members, Iterable<JsonNode> objects) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(members.stream().map(TextTable::heading).toList());
    for (JsonNode object : objects) {
      rows.add(members.stream().map(member -> cell(object.path(member))).toList());
    }
    return Columns.aligned(rows);
  }

  /** {@code resourceType} as {@code RESOURCE TYPE}. */
  private static String heading(String member) {
    return member.replaceAll("([A-Z])", " $1").toUpperCase(Locale.ROOT);
  }

  private static String cell(JsonNode value) {
    String text = Printable.cell(value);
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
