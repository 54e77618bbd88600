package io.cloudconnector.host.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The real databases that tests run on, each time a fresh one. */
public enum TestDatabase {
  SQLITE {
    @Override
    public String newUrl(Path folder) {
      return "jdbc:sqlite:" + folder.resolve("store" + Numbers.NEXT.incrementAndGet() + ".db");
    }
  },

  POSTGRESQL {
    @Override
    public String newUrl(Path folder) {
      // A schema of its own: a whole database is seven megabytes to copy and to delete.
      String name = "test" + Numbers.NEXT.incrementAndGet();
      String database = Server.DATABASE.get();
      Server.execute(database, "CREATE SCHEMA " + name);
      return Server.started().getJdbcUrl("postgres", database) + "&currentSchema=" + name;
    }
  };

  /** The URL of a database in which nothing is. */
  public abstract String newUrl(Path folder);

  /** A new database, migrated. */
  public Database open(Path folder) {
    return Database.open(newUrl(folder), null, null, folder);
  }

  /** One PostgreSQL server for the whole JVM; it ends with it. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    /**
     * One for each thread that tests: the locks that hosts take by name are known to all of a
     * database.
     */
    static final ThreadLocal<String> DATABASE = ThreadLocal.withInitial(Server::newDatabase);

    private static String newDatabase() {
      String name = "thread" + Numbers.NEXT.incrementAndGet();
      execute("postgres", "CREATE DATABASE " + name);
      return name;
    }

    static void execute(String database, String statement) {
      try (Connection connection = started().getDatabase("postgres", database).getConnection();
          Statement executing = connection.createStatement()) {
        executing.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException(statement, e);
      }
    }

    static EmbeddedPostgres started() {
      return POSTGRES;
    }

    private static EmbeddedPostgres start() {
      try {
        // No test cuts the power, and syncing takes longer than the tests.
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Apart from the server, so that SQLite tests do not start it. */
  private static final class Numbers {
    static final AtomicInteger NEXT = new AtomicInteger();
  }
}
