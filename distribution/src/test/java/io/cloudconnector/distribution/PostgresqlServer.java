package io.cloudconnector.distribution;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server that can be stopped and started again on its data and port. */
final class PostgresqlServer implements AutoCloseable {
  private static final AtomicInteger databases = new AtomicInteger();

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  PostgresqlServer(Path data) throws IOException {
    this.data = data;
    this.port = SystemTest.freePort();
    this.server = started();
  }

  /**
   * Careful as a real one, but for {@code synchronous_commit}: that the embedded one is without.
   */
  private EmbeddedPostgres started() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .start();
  }

  /** Members of the configuration's {@code database}, for a new one. */
  Map<String, Object> newDatabase() {
    String name = "test" + databases.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "url", "jdbc:postgresql://127.0.0.1:" + port + "/" + name,
        "username", "postgres",
        "password", "postgres");
  }

  /** The only value that a query gives. */
  String ask(String query) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Breaks off what runs, as an administrator's restart does. */
  void stop() {
    close();
  }

  void startAgain() {
    try {
      server = started();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
