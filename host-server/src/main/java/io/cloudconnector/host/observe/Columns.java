package io.cloudconnector.host.observe;

import java.util.List;
import java.util.stream.Collectors;

/** Rows of text as aligned columns, for the log and the command line. */
public final class Columns {
  private static final int GAP = 2;

  private Columns() {}

  /**
   * A line for each row.
   *
   * @param rows all of the same length, the heading first
   */
  public static String aligned(List<List<String>> rows) {
    return rows.stream().map(row -> aligned(row, rows)).collect(Collectors.joining("\n"));
  }

  private static String aligned(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).repeat(" ", width(rows, column) + GAP - cell.length());
    }
    return line.toString().stripTrailing();
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
