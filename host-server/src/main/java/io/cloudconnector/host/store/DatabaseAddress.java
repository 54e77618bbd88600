package io.cloudconnector.host.store;

import java.nio.file.InvalidPathException;
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

  /** Unpooled connections that may write. */
  DataSource source();

  static DatabaseAddress parse(
      String url, @Nullable String username, @Nullable String password, Path base) {
    if (url.startsWith("jdbc:sqlite:")) {
      return sqlite(url.substring("jdbc:sqlite:".length()), base);
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return postgresql(url, username, password);
    }
    throw new DatabaseStartupException(
        "database.url '"
            + masked(url)
            + "' is of no known kind: use jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE");
  }

  private static DatabaseAddress sqlite(String file, Path base) {
    if (file.isEmpty() || file.startsWith(":") || file.startsWith("file:") || file.contains("?")) {
      throw new DatabaseStartupException(
          "database.url 'jdbc:sqlite:"
              + file
              + "' must name a plain file, without options: the host sets them itself; for example"
              + " jdbc:sqlite:data/connector.db");
    }
    try {
      return new Sqlite(new SqliteFile(base.resolve(file).toAbsolutePath().normalize()));
    } catch (InvalidPathException e) {
      throw new DatabaseStartupException(
          "database.url names no possible file: " + e.getMessage(), e);
    }
  }

  private static DatabaseAddress postgresql(
      String url, @Nullable String username, @Nullable String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setURL(url);
    } catch (IllegalArgumentException e) {
      // Without the cause: the driver repeats the URL, perhaps with a password in it.
      throw new DatabaseStartupException(
          "database.url '"
              + masked(url)
              + "' cannot be read: write jdbc:postgresql://HOST:PORT/DATABASE, and the user in"
              + " database.username and database.password");
    }
    if (username != null) {
      source.setUser(username);
    }
    if (password != null) {
      source.setPassword(password);
    }
    // A rewritten batch no longer tells which of its rows were new, and dedupe keys depend on that.
    source.setReWriteBatchedInserts(false);
    // The server's details repeat the values of the row, and those must not reach a log.
    source.setLogServerErrorDetail(false);
    source.setApplicationName("cloud-connector");
    source.setTcpKeepAlive(true);
    if (source.getSocketTimeout() == 0) {
      source.setSocketTimeout(60);
    }
    return new Postgresql(source, masked(url));
  }

  private static String masked(String url) {
    return url.replaceAll("\\?.*", "").replaceAll("//[^/]*@", "//");
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
    public String toString() {
      return name;
    }
  }
}
