package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was measured, as Markdown. Prints each row as it comes. */
final class Report {
  private final List<String> lines = new ArrayList<>();

  void paragraph(String text) {
    add(text);
    add("");
  }

  void table(String title) {
    add("");
    add("### " + title);
    add("");
    add("| what | measured | ratio or figure | budget |");
    add("|---|---|---|---|");
  }

  /**
   * One row.
   *
   * @param budget empty where there is none
   */
  void row(String what, String measured, String figure, String budget) {
    add("| %s | %s | **%s** | %s |".formatted(what, measured, figure, budget));
  }

  /** Middle and span of what several turns gave. */
  static String spread(Samples turns, String unit) {
    return "%,.1f %s (%,.1f to %,.1f)".formatted(turns.median(), unit, turns.least(), turns.most());
  }

  @SuppressWarnings("SystemOut")
  private void add(String line) {
    lines.add(line);
    System.out.println(line);
  }

  void write(Path file) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
