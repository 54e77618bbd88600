package io.cloudconnector.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import org.sqlite.SQLiteJDBCLoader;

/** A file, worked on inside the host's process. */
final class SqliteEngine implements Engine {
  @Override
  public String name() {
    return "SQLite";
  }

  @Override
  public String settings() {
    return "SQLite " + SQLiteJDBCLoader.getVersion() + ", WAL, synchronous=FULL";
  }

  @Override
  public String newDatabase(Path folder, String name) {
    return "jdbc:sqlite:" + folder.resolve(name + ".db");
  }

  @Override
  public Duration cpu() {
    return Duration.ZERO;
  }

  @Override
  public void close() {}
}
