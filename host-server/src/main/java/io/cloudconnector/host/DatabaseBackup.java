package io.cloudconnector.host;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.config.DatabaseSettings;
import io.cloudconnector.host.config.DatabaseUrl;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.store.SqliteBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The backup of whichever database is configured. Needs no running host and disturbs none. */
final class DatabaseBackup {
  private DatabaseBackup() {}

  static int run(Path config, Path file, Console console) {
    DatabaseSettings settings =
        SettingsLoader.load(
                config,
                console.environment(),
                console.home(),
                plugins -> Map.<VendorType, Descriptor>of())
            .settings()
            .database();
    DatabaseUrl url = DatabaseUrl.parse(settings.url(), console.home());
    if (!(url instanceof DatabaseUrl.Sqlite sqlite)) {
      throw elsewhere(url, settings, file);
    }
    SqliteBackup.write(sqlite.file(), file);
    console.out().println(done(sqlite.file(), file));
    return 0;
  }

  private static String done(Path database, Path file) {
    try {
      return file + " is a whole copy of " + database + ", " + Files.size(file) + " bytes";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StartupException elsewhere(
      DatabaseUrl server, DatabaseSettings settings, Path file) {
    String user = settings.username().map(name -> " --username=" + name).orElse("");
    String address = server.toString().substring("jdbc:".length());
    return StartupException.configuration(
        "the database is PostgreSQL, which has its own tool for that:\n  pg_dump --format=custom --file='"
            + file
            + "'"
            + user
            + " --dbname='"
            + address
            + "'");
  }
}
