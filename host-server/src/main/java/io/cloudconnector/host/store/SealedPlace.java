package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A column in which sealed values stand. All that has to do with keys goes by {@link #ALL}, so a
 * new sealed column is one line there.
 *
 * @param key the columns of the table's primary key
 * @param boundTo what the value of a row is bound to
 */
record SealedPlace(String table, String column, List<String> key, Binding boundTo) {
  /** Where values move on to another place, the place that they leave stands before the other. */
  static final List<SealedPlace> ALL =
      List.of(
          new SealedPlace("connection", "credentials", List.of("vendor", "user_id"), Binding.GRANT),
          new SealedPlace("revocation", "credentials", List.of("id"), Binding.GRANT),
          new SealedPlace("refresh", "replies", List.of("vendor", "user_id"), Binding.REFRESH),
          new SealedPlace("link_flow", "secrets", List.of("state_hash"), Binding.WALK),
          new SealedPlace("connector_state", "sealed", List.of("vendor", "name"), Binding.STATE));

  /** How it is told from a row what its value is bound to. */
  @FunctionalInterface
  interface Binding {
    Binding GRANT =
        row ->
            SealedFor.grant(
                row.getString("vendor"), row.getString("user_id"), row.getLong("generation"));
    Binding REFRESH =
        row ->
            SealedFor.refresh(
                row.getString("vendor"), row.getString("user_id"), row.getLong("generation"));
    Binding WALK = row -> SealedFor.walk(row.getString("state_hash"));
    Binding STATE = row -> SealedFor.state(row.getString("vendor"), row.getString("name"));

    String of(ResultSet row) throws SQLException;
  }

  /** A sealed value begins with a byte for its form and four for the id of its key. */
  String keyIds() {
    return "SELECT substr(%1$s, 2, 4) AS key_id, COUNT(*) AS found FROM %2$s WHERE %1$s IS NOT NULL GROUP BY substr(%1$s, 2, 4)"
        .formatted(column, table);
  }

  /** What is sealed under another key than the one bound first, by primary key. */
  String page(boolean first) {
    String keys = String.join(", ", key);
    String after = first ? "" : " AND (%s) > (%s)".formatted(keys, marks());
    return "SELECT * FROM %1$s WHERE %2$s IS NOT NULL AND substr(%2$s, 2, 4) <> ?%3$s ORDER BY %4$s LIMIT ?"
        .formatted(table, column, after, keys);
  }

  private String marks() {
    return key.stream().map(_ -> "?").collect(Collectors.joining(", "));
  }

  /** Bound are the new value, the primary key, and the old value: one that was replaced stays. */
  String replace() {
    String row = key.stream().map(name -> name + " = ?").collect(Collectors.joining(" AND "));
    return "UPDATE %1$s SET %2$s = ? WHERE %3$s AND %2$s = ?".formatted(table, column, row);
  }
}
