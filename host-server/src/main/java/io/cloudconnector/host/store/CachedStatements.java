package io.cloudconnector.host.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.sqlite.SQLiteConnection;

/**
 * Keeps the statements of one SQLite connection ready: SQLite's driver parses each text anew, which
 * took a fifth of the host's time. (PostgreSQL's driver keeps them itself.) Used by whoever has the
 * connection, so by one thread at a time.
 */
final class CachedStatements extends DefaultStatementBuilder {
  /** More than there are texts in the paths that every event takes. */
  private static final int MOST = 256;

  private final SQLiteConnection connection;

  /** Those that nobody uses, by their text, the longest unused first. */
  private final SequencedMap<String, PreparedStatement> idle = new LinkedHashMap<>();

  private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

  private CachedStatements(SQLiteConnection connection) {
    this.connection = connection;
  }

  /** One for each connection of a pool, for as long as that is open. */
  static StatementBuilderFactory ofPool() {
    Map<SQLiteConnection, CachedStatements> known = new ConcurrentHashMap<>();
    return pooled -> {
      SQLiteConnection connection = physical(pooled);
      CachedStatements statements = known.get(connection);
      if (statements == null) {
        known.keySet().removeIf(CachedStatements::isClosed);
        statements = new CachedStatements(connection);
        known.put(connection, statements);
      }
      return statements;
    };
  }

  private static SQLiteConnection physical(Connection pooled) {
    try {
      return pooled.unwrap(SQLiteConnection.class);
    } catch (SQLException e) {
      throw new IllegalStateException("a SQLite pool has other connections", e);
    }
  }

  private static boolean isClosed(SQLiteConnection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException("a connection does not know whether it is open", e);
    }
  }

  @Override
  public PreparedStatement create(Connection pooled, String sql, StatementContext context)
      throws SQLException {
    return take(sql);
  }

  /** To be given back by {@link #close}. The pool would close it with its own connection. */
  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement statement = idle.remove(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    used.put(statement, sql);
    return statement;
  }

  @Override
  public void close(Connection pooled, String sql, Statement statement) throws SQLException {
    // Jdbi tells the text before it has put places for its names; ours is the one taken for.
    String text = used.remove(statement);
    if (text == null || !(statement instanceof PreparedStatement prepared)) {
      statement.close();
      return;
    }
    if (!isCleared(prepared)) {
      prepared.close();
      return;
    }
    PreparedStatement other = idle.put(text, prepared);
    if (other != null) {
      other.close();
    }
    if (idle.size() > MOST) {
      idle.pollFirstEntry().getValue().close();
    }
  }

  /**
   * It would hold the last values, such as a body, until it is used again. The driver itself drops
   * statements after some failures; such a one cannot be cleared, nor kept.
   */
  private static boolean isCleared(PreparedStatement statement) {
    try {
      statement.clearBatch();
      statement.clearParameters();
      return true;
    } catch (SQLException dropped) {
      return false;
    }
  }
}
