package io.cloudconnector.host.store;

import io.cloudconnector.host.config.BadValueException;
import io.cloudconnector.host.config.DatabaseUrl;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the database is, from the operator's URL. */
sealed interface DatabaseAddress {
  Dialect dialect();

  /** For messages: never with a password. */
  String name();

  /** Makes what must be there before the first connection, and looks whether it can be used. */
  void prepare();

  /** Has this process be the only host, where there can be only one, until it is closed. */
  AutoCloseable claim();

  /** Unpooled connections that may write. */
  DataSource source();

  static DatabaseAddress parse(
      String url, @Nullable String username, @Nullable String password, Path base) {
    return switch (checked(url, base)) {
      case DatabaseUrl.Sqlite sqlite -> new Sqlite(new SqliteFile(sqlite.file()));
      case DatabaseUrl.Postgresql server -> postgresql(server, username, password);
    };
  }

  private static DatabaseUrl checked(String url, Path base) {
    try {
      return DatabaseUrl.parse(url, base);
    } catch (BadValueException e) {
      throw new DatabaseStartupException("database.url " + e.what() + "; " + e.suggestion());
    }
  }

  private static DatabaseAddress postgresql(
      DatabaseUrl.Postgresql server, @Nullable String username, @Nullable String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(server.jdbc());
    if (username != null) {
      source.setUser(username);
    }
    if (password != null) {
      source.setPassword(password);
    }
    // One statement for many rows. Such a batch does not tell which of its rows were new; nobody
    // asks.
    source.setReWriteBatchedInserts(true);
    // The server's details repeat the values of the row, and those must not reach a log.
    source.setLogServerErrorDetail(false);
    source.setApplicationName("cloud-connector");
    source.setTcpKeepAlive(true);
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout(60);
    }
    return new Postgresql(source, server.toString());
  }

  /** One file. */
  record Sqlite(SqliteFile file) implements DatabaseAddress {
    @Override
    public Dialect dialect() {
      return Dialect.SQLITE;
    }

    @Override
    public String name() {
      return file.path().toString();
    }

    @Override
    public void prepare() {
      file.check();
    }

    @Override
    public AutoCloseable claim() {
      file.check();
      return OnlyHost.on(file.path());
    }

    @Override
    public DataSource source() {
      return file.writing();
    }
  }

  /** One database of a server. */
  record Postgresql(DataSource source, String name) implements DatabaseAddress {
    @Override
    public Dialect dialect() {
      return Dialect.POSTGRESQL;
    }

    @Override
    public void prepare() {}

    @Override
    public AutoCloseable claim() {
      return () -> {};
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
