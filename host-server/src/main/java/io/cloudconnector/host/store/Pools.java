package io.cloudconnector.host.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** How many connections there are, and how they are set. */
final class Pools {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int SQLITE_READERS = 4;
  private static final int POSTGRESQL_CONNECTIONS = 10;

  /**
   * A commit that returned must be on disk, whatever the server's or the role's default; a host
   * that hangs must not hold the locks of the others; and what is waited on is in memory, so an
   * index beats reading a whole table long before the default says so.
   */
  private static final String POSTGRESQL_SESSION =
      """
      SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') = 'off';
      SET lock_timeout = '10s';
      SET idle_in_transaction_session_timeout = '30s';
      SET random_page_cost = 1.1
      """;

  /**
   * Dedupe keys are hashes, so a commit touches pages all over the file. In the usual four
   * megabytes of write-ahead log hardly any page comes twice before a checkpoint writes and syncs
   * them all.
   */
  private static final String SQLITE_WRITER = "PRAGMA wal_autocheckpoint = 8192";

  private Pools() {}

  /** One connection on SQLite, so that writers wait here in turn and not in its busy loop. */
  static HikariDataSource writePool(DatabaseAddress address) {
    return switch (address) {
      case DatabaseAddress.Sqlite sqlite -> sqlitePool(sqlite.source(), 1, false);
      case DatabaseAddress.Postgresql postgresql -> postgresqlPool(postgresql.source());
    };
  }

  /** The write pool itself where readers and writers need not be told apart. */
  static HikariDataSource readPool(DatabaseAddress address, HikariDataSource writePool) {
    return switch (address) {
      case DatabaseAddress.Sqlite sqlite ->
          sqlitePool(sqlite.file().reading(), SQLITE_READERS, true);
      case DatabaseAddress.Postgresql _ -> writePool;
    };
  }

  private static HikariDataSource sqlitePool(DataSource source, int size, boolean readOnly) {
    HikariConfig config = config(source, size);
    config.setMaxLifetime(0);
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.setConnectionInitSql(SQLITE_WRITER);
    }
    return new HikariDataSource(config);
  }

  private static HikariDataSource postgresqlPool(DataSource source) {
    HikariConfig config = config(source, POSTGRESQL_CONNECTIONS);
    config.setMinimumIdle(2);
    config.setConnectionInitSql(POSTGRESQL_SESSION);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(DataSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(WAIT.toMillis());
    return config;
  }

  static Jdbi jdbi(DataSource source, Dialect dialect) {
    Jdbi jdbi = Jdbi.create(source);
    jdbi.setStatementBuilderFactory(dialect.statements());
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    jdbi.getConfig(SqlStatements.class).setTemplateEngine((sql, context) -> sql);
    return jdbi;
  }
}
