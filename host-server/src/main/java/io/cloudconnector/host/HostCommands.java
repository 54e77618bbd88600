package io.cloudconnector.host;

import io.cloudconnector.api.Secret;
import io.cloudconnector.host.cli.Commands;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.config.DatabaseSettings;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.vault.EncryptionKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The commands that need the whole host. No logger of its own: it is made before the command has
 * said where the log goes.
 */
final class HostCommands implements Commands {
  @Override
  public int serve(Path config, Console console) {
    try (Configured configured = Configured.load(config, console)) {
      return Serving.run(configured, console.home(), Clock.tickMillis(ZoneOffset.UTC));
    }
  }

  @Override
  public int demo(OptionalInt port, OptionalLong events, Console console) {
    return new DemoRun(events, console.out(), Clock.tickMillis(ZoneOffset.UTC)).run(port, console);
  }

  @Override
  public int migrate(Path config, Console console) {
    try (Configured configured = Configured.load(config, console)) {
      DatabaseSettings database = configured.settings().database();
      Database.migrate(
          database.url(),
          database.username().orElse(null),
          database.password().map(Secret::reveal).orElse(null),
          console.home());
      console.out().println("The database is at this version's schema: " + database);
      return 0;
    }
  }

  @Override
  public int backup(Path config, Path file, Console console) {
    return DatabaseBackup.run(config, file, console);
  }

  @Override
  public String generateKey() {
    return EncryptionKey.generate().text();
  }
}
