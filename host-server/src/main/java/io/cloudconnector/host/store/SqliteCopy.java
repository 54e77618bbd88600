package io.cloudconnector.host.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** What of a SQLite database goes into a file, and whether the file is sound. */
final class SqliteCopy {
  /** More numbers than any host hands out between a backup and its restoration. */
  private static final long GAP = 1_000_000_000L;

  private SqliteCopy() {}

  static void make(SqliteFile database, Path copy) throws SQLException {
    copy(database, copy);
    SQLiteConfig config = new SQLiteConfig();
    // No file besides the copy; the caller brings it to the disk.
    config.setJournalMode(JournalMode.MEMORY);
    config.setSynchronous(SynchronousMode.OFF);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      skipNumbers(statement);
      check(statement);
    }
  }

  /**
   * {@code VACUUM INTO} is one reading transaction: with a write-ahead log it sees one state and
   * keeps no writer waiting; only the log cannot begin anew until it ends. SQLite's other way, the
   * online backup step by step, starts over whenever the host commits and might never end; in one
   * step it holds the log just as long, and copies deleted rows, such as erased grants, with the
   * rest.
   */
  private static void copy(SqliteFile database, Path copy) throws SQLException {
    try (Connection connection = database.reading().getConnection();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    }
  }

  /**
   * A host on the restored copy must not hand out again what was handed out after the backup: a
   * reader that is ahead of the copy would take new events for those it has read, and pass over
   * them.
   */
  private static void skipNumbers(Statement statement) throws SQLException {
    statement.executeUpdate(
        """
        INSERT INTO sqlite_sequence (name, seq)
          SELECT name, 0 FROM sqlite_master AS numbered
            WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'
              AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = numbered.name)
        """);
    statement.executeUpdate("UPDATE sqlite_sequence SET seq = seq + " + GAP);
  }

  private static void check(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery("PRAGMA quick_check(1)")) {
      String first = found.next() ? found.getString(1) : "nothing";
      if (!"ok".equals(first)) {
        throw new SQLException("the copy is not sound: " + first);
      }
    }
  }
}
