package io.cloudconnector.host.store;

import java.util.List;

/** Every sealed value of the database, whoever it belongs to. */
public final class SealedValues {
  private static final List<String> COLUMNS =
      List.of(
          "credentials FROM connection WHERE credentials IS NOT NULL",
          "credentials FROM revocation",
          "sealed FROM connector_state",
          "secrets FROM link_flow");

  private SealedValues() {}

  /** One value for each different beginning of that many bytes, such as a format and a key id. */
  public static List<Bytes> samples(Database database, int bytes) {
    return COLUMNS.stream().flatMap(column -> samples(database, column, bytes).stream()).toList();
  }

  private static List<Bytes> samples(Database database, String column, int bytes) {
    String name = column.substring(0, column.indexOf(' '));
    String rest = column.substring(column.indexOf(' '));
    // One row of each group is enough, and min() of a whole value needs no second look-up.
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT MIN("
                        + name
                        + ") AS sealed"
                        + rest
                        + " GROUP BY substr("
                        + name
                        + ", 1, :bytes)")
                .bind("bytes", bytes)
                .map((row, context) -> Columns.bytes(row, "sealed"))
                .list());
  }
}
