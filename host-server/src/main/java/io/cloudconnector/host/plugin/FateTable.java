package io.cloudconnector.host.plugin;

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
    return aligned(rows);
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
          List.of(name, "REFUSED", "-", "-", "-", refused.reason() + ": " + refused.advice());
    };
  }

  private static String name(Path directory, Path path) {
    boolean inside = path.startsWith(directory) && !path.equals(directory);
    return inside ? directory.relativize(path).toString() : path.toString();
  }

  private static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int width = width(rows, column) + 2;
        line.append(row.get(column)).repeat(" ", width - row.get(column).length());
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
