package io.cloudconnector.host.plugin;

import io.cloudconnector.host.observe.Columns;
import io.cloudconnector.host.plugin.PluginFate.Loaded;
import io.cloudconnector.host.plugin.PluginFate.Refused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes fates as aligned columns of plain text. */
final class FateTable {
  private FateTable() {}

  static String of(Path directory, List<PluginFate> fates) {
    if (fates.isEmpty()) {
      return "No plugin in " + directory;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("PLUGIN", "FATE", "VENDOR", "VERSION", "API", "NOTE"));
    fates.forEach(fate -> rows.add(row(directory, fate)));
    return Columns.aligned(rows);
  }

  private static List<String> row(Path directory, PluginFate fate) {
    String name = name(directory, fate.path());
    return switch (fate) {
      case Loaded loaded ->
          List.of(
              name,
              "loaded",
              loaded.vendor().name(),
              loaded.version().orElse("-"),
              loaded.apiVersion().map(ApiVersion::toString).orElse("-"),
              String.join("; ", loaded.warnings()));
      case Refused refused ->
          List.of(
              name,
              "REFUSED",
              "-",
              "-",
              "-",
              refused.reason() + "; to mend it: " + refused.advice());
    };
  }

  private static String name(Path directory, Path path) {
    boolean inside = path.startsWith(directory) && !path.equals(directory);
    return inside ? directory.relativize(path).toString() : path.toString();
  }
}
