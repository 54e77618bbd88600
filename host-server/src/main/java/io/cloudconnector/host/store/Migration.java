package io.cloudconnector.host.store;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.logging.LogFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a database to this version's schema. */
final class Migration {
  private static final Logger log = LoggerFactory.getLogger(Migration.class);

  private Migration() {}

  static void run(DatabaseAddress address) {
    run(address, "classpath:db/migration");
  }

  static void run(DatabaseAddress address, String location) {
    address.prepare();
    LogFactory.setLogCreator(QuietFlywayLog::new);
    try {
      Flyway flyway =
          Flyway.configure()
              .dataSource(address.source())
              .placeholders(address.dialect().placeholders())
              .locations(location)
              .load();
      refuseNewer(address, flyway);
      int applied = flyway.migrate().migrationsExecuted;
      if (applied > 0) {
        log.atInfo().log("database {} migrated, {} step(s) applied", address.name(), applied);
      }
    } catch (FlywayException e) {
      throw told(address, e);
    } catch (RuntimeException e) {
      throw Failures.atStart(address, e);
    }
  }

  private static DatabaseStartupException told(DatabaseAddress address, FlywayException failure) {
    if (failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return new DatabaseStartupException(
          "the database "
              + address.name()
              + " holds tables of something else; give the host a database of its own",
          failure);
    }
    return Failures.atStart(address, failure);
  }

  /** An older program would write rows that the newer schema takes for something else. */
  private static void refuseNewer(DatabaseAddress address, Flyway flyway) {
    MigrationInfo current = flyway.info().current();
    if (current == null || current.getVersion() == null) {
      return;
    }
    MigrationVersion newest =
        Arrays.stream(flyway.info().all())
            .filter(step -> step.getState().isResolved())
            .map(MigrationInfo::getVersion)
            .max(MigrationVersion::compareTo)
            .orElse(MigrationVersion.EMPTY);
    if (current.getVersion().compareTo(newest) > 0) {
      throw new DatabaseStartupException(
          "the database %s is from a newer version (schema %s, this is %s); run the newer host or restore a backup"
              .formatted(address.name(), current.getVersion(), newest));
    }
  }
}
