package io.cloudconnector.host;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where in a database a text stands, whichever table and column it is in. */
final class Held {
  private Held() {}

  /** As {@code table.column}. */
  static Set<String> places(String databaseUrl, String text) {
    Set<String> places = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(databaseUrl)) {
      for (String table : tables(connection)) {
        look(connection, table, text, places);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return places;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        connection
            .getMetaData()
            .getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (found.next()) {
        tables.add(found.getString("TABLE_NAME"));
      }
    }
    if (!tables.contains("connection_account")) {
      throw new IllegalStateException("these are not all tables: " + tables);
    }
    return tables;
  }

  private static void look(Connection connection, String table, String text, Set<String> places)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          if (asText(rows.getObject(column)).contains(text)) {
            places.add(table + "." + rows.getMetaData().getColumnName(column));
          }
        }
      }
    }
  }

  private static String asText(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }
}
