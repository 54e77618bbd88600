package io.cloudconnector.host.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jspecify.annotations.Nullable;

/**
 * SQL straight through JDBC, for the few statements that each webhook and each event need: there
 * the binding of values by Jdbi costs as much as the database's own work.
 */
final class DirectSql {
  /** Databases take no endless lists of values. */
  static final int AT_ONCE = 512;

  private DirectSql() {}

  /** How a row is read. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done with a statement. */
  private interface Use<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  private static <T> T prepared(Handle tx, String sql, Use<T> use) {
    try {
      Connection connection = tx.getConnection();
      StatementBuilder builder = tx.getStatementBuilder();
      PreparedStatement statement =
          builder instanceof CachedStatements cached
              ? cached.take(sql)
              : connection.prepareStatement(sql);
      try {
        return use.with(statement);
      } finally {
        builder.close(connection, sql, statement);
      }
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  /** One statement for many rows, in their order; the values are texts, long numbers and bytes. */
  static void batch(Handle tx, String sql, List<@Nullable Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int[] _ =
        prepared(
            tx,
            sql,
            statement -> {
              for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
              }
              return statement.executeBatch();
            });
  }

  /** How many rows one statement changed. */
  static int update(Handle tx, String sql, @Nullable Object... values) {
    return prepared(
        tx,
        sql,
        statement -> {
          bind(statement, values);
          return statement.executeUpdate();
        });
  }

  /** What one statement returns. */
  static <T> List<T> query(Handle tx, String sql, @Nullable Object[] values, Reader<T> reader) {
    return prepared(
        tx,
        sql,
        statement -> {
          bind(statement, values);
          List<T> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(reader.read(rows));
            }
          }
          return found;
        });
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      int at = i + 1;
      switch (values[i]) {
        case null -> statement.setObject(at, null);
        case String text -> statement.setString(at, text);
        case Long number -> statement.setLong(at, number);
        case byte[] bytes -> statement.setBytes(at, bytes);
        default -> throw new IllegalArgumentException("value " + at + " is of another type");
      }
    }
  }

  /**
   * Cut into pieces that a statement takes, each filled up to a power of two with repetitions: so
   * there are few different statements, which need not be parsed again each time.
   */
  static <T> List<List<T>> pieces(List<T> all) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<T> piece = new ArrayList<>(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
      T last = piece.getLast();
      while (Integer.bitCount(piece.size()) != 1) {
        piece.add(last);
      }
      pieces.add(piece);
    }
    return pieces;
  }

  /** Such as {@code (?, ?), (?, ?)}. */
  static String places(int rows, int columns) {
    String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    return String.join(", ", Collections.nCopies(rows, row));
  }

  /** What Jdbi's own failures are handled as. */
  private static final class Failed extends JdbiException {
    private static final long serialVersionUID = 1L;

    Failed(SQLException cause) {
      super("a statement failed", cause);
    }
  }
}
