package io.cloudconnector.host.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what names files: relative paths start at the distribution's folder. */
final class Places {
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
    return DatabaseUrl.parse(text, home).jdbc();
  }
}
