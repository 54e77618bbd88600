package io.cloudconnector.host.cli;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Setting;
import io.cloudconnector.host.observe.Columns;
import io.cloudconnector.host.plugin.SettingFacts;
import java.util.ArrayList;
import java.util.List;

/** What connectors let the operator set and the application give with a link. */
final class DeclaredTable {
  private static final List<String> HEADING =
      List.of("VENDOR", "GIVEN", "NAME", "TYPE", "REQUIRED", "DEFAULT", "MEANING");

  private DeclaredTable() {}

  /** Empty where they declare nothing. */
  static String of(List<Descriptor> connectors) {
    List<List<String>> rows = new ArrayList<>();
    for (Descriptor connector : connectors) {
      addRows(rows, connector, "in settings", connector.settings());
      addRows(rows, connector, "with a link", connector.linkOptions());
    }
    if (rows.isEmpty()) {
      return "";
    }
    rows.addFirst(HEADING);
    return Columns.aligned(rows);
  }

  private static void addRows(
      List<List<String>> rows, Descriptor connector, String given, List<Setting> declared) {
    declared.stream()
        .map(SettingFacts::of)
        .map(facts -> row(connector.vendor().name(), given, facts))
        .forEach(rows::add);
  }

  private static List<String> row(String vendor, String given, SettingFacts facts) {
    return List.of(
        vendor,
        given,
        facts.name(),
        type(facts),
        facts.required() ? "yes" : "no",
        Printable.line(facts.defaultValue().orElse("-")),
        Printable.line(facts.doc()));
  }

  private static String type(SettingFacts facts) {
    String kind = facts.secret() ? "secret " + facts.kind() : facts.kind();
    return facts.choices().isEmpty()
        ? kind
        : Printable.line(kind + ": " + String.join(", ", facts.choices()));
  }
}
