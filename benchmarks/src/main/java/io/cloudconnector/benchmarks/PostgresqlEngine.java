package io.cloudconnector.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;

/** A server of its own, as it comes but for durable commits. */
final class PostgresqlEngine implements Engine {
  private final EmbeddedPostgres server;
  private final ProcessHandle process;

  PostgresqlEngine(Path folder) throws IOException {
    this.server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(folder.resolve("postgresql").toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "200")
            .start();
    Path note = Path.of(query("SHOW data_directory")).resolve("postmaster.pid");
    // The parent of a backend would be the same process, but is not always to be seen.
    this.process =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(note).getFirst().strip())).orElseThrow();
  }

  private String query(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refuses: " + sql, e);
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String settings() {
    return "PostgreSQL %s, fsync=on, synchronous_commit=on, other settings as they come"
        .formatted(query("SHOW server_version"));
  }

  /** Runs a statement in the database that every server has. */
  void execute(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refuses: " + sql, e);
    }
  }

  @Override
  public String newDatabase(Path folder, String name) {
    execute("CREATE DATABASE " + name);
    return server.getJdbcUrl("postgres", name);
  }

  @Override
  public Duration cpu() {
    return Stream.concat(Stream.of(process), process.descendants())
        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
