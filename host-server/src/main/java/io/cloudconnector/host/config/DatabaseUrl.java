package io.cloudconnector.host.config;

import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is, as the operator writes it. The one rule for that: the check of the
 * configuration and the opening of the database both ask here.
 */
public sealed interface DatabaseUrl {
  /** As JDBC takes it; a password may stand in it. */
  String jdbc();

  /**
   * Reads {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST:PORT/DATABASE}.
   *
   * @param home where relative files start
   * @throws BadValueException when it is neither
   */
  static DatabaseUrl parse(String text, Path home) {
    if (text.startsWith(Sqlite.SCHEME)) {
      return Sqlite.parse(text.substring(Sqlite.SCHEME.length()), new Places(home));
    }
    if (text.startsWith("jdbc:postgresql:")) {
      return Postgresql.parse(text);
    }
    throw new BadValueException(
        "is no database that the host knows",
        "write jdbc:sqlite:data/connector.db or jdbc:postgresql://HOST:PORT/DATABASE");
  }

  /**
   * One file.
   *
   * @param file absolute
   */
  record Sqlite(Path file) implements DatabaseUrl {
    private static final String SCHEME = "jdbc:sqlite:";
    private static final String HOW = "write one such as jdbc:sqlite:data/connector.db";

    private static Sqlite parse(String file, Places places) {
      if (file.isEmpty() || file.startsWith(":")) {
        throw new BadValueException("is a database that keeps nothing on disk", HOW);
      }
      if (file.startsWith("file:") || file.contains("?")) {
        throw new BadValueException(
            "must name a plain file, without options: the host sets them itself", HOW);
      }
      return new Sqlite(places.path(file));
    }

    @Override
    public String jdbc() {
      return SCHEME + file;
    }
  }

  /** One database of a server. */
  record Postgresql(String jdbc) implements DatabaseUrl {
    private static Postgresql parse(String text) {
      try {
        new PGSimpleDataSource().setURL(Readings.text(text));
      } catch (IllegalArgumentException _) {
        // Without the cause: the driver repeats the URL, perhaps with a password in it.
        throw new BadValueException(
            "cannot be read",
            "write jdbc:postgresql://HOST:PORT/DATABASE, and the user in database.username and"
                + " database.password");
      }
      return new Postgresql(text);
    }

    /** Without options and user: a password may stand there. */
    @Override
    public String toString() {
      return jdbc.replaceAll("\\?.*", "").replaceAll("//[^/]*@", "//");
    }
  }
}
