package io.cloudconnector.host.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what names files: relative paths start at the distribution's folder. */
final class Places {
  private static final Pattern SQLITE = Pattern.compile("jdbc:sqlite:(file:)?([^?]*)(\\?.*)?");
  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String HOW =
      "write jdbc:sqlite:data/connector.db or jdbc:postgresql://host/name";

  private final Path home;

  Places(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  Path path(String text) {
    try {
      return home.resolve(Readings.text(text)).normalize();
    } catch (InvalidPathException _) {
      throw new BadValueException("is no path", "write one such as plugins");
    }
  }

  /** A database address, its file absolute. */
  String database(String text) {
    if (text.startsWith(POSTGRESQL)) {
      return text;
    }
    Matcher sqlite = SQLITE.matcher(text);
    if (!sqlite.matches()) {
      throw new BadValueException("is no database that the host knows", HOW);
    }
    String file = sqlite.group(2);
    if (file.isEmpty() || file.startsWith(":") || text.contains("mode=memory")) {
      throw new BadValueException("is a database that keeps nothing on disk", HOW);
    }
    String prefix = "jdbc:sqlite:" + orNothing(sqlite.group(1));
    return prefix + path(file) + orNothing(sqlite.group(3));
  }

  private static String orNothing(@Nullable String group) {
    return group == null ? "" : group;
  }
}
