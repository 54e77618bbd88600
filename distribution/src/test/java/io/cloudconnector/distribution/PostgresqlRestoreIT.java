package io.cloudconnector.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlRestoreIT extends RestoreTest {
  private static InstalledPostgresql server;

  @BeforeAll
  static void startServer(@TempDir Path data) throws IOException {
    server = InstalledPostgresql.started(data);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Map<String, Object> database() {
    return server.newDatabase("connector");
  }

  @Override
  HostProcess backup() {
    return server.start(
        "pg_dump", "--format=custom", "--file=" + dump(), "--dbname=" + server.uri("connector"));
  }

  @Override
  String said() {
    return "";
  }

  private Path dump() {
    return folder.resolve("connector.dump");
  }

  /** By the commands that docs/operations.md gives. */
  @Override
  void restore() throws IOException {
    Map<String, Object> other = server.newDatabase("connector2");
    server.run(
        "pg_restore",
        "--no-owner",
        "--role=" + InstalledPostgresql.HOSTS,
        "--exit-on-error",
        "--dbname=" + server.uri("connector2"),
        dump().toString());
    server.run(
        "psql",
        server.uri("connector2"),
        "-c",
        """
        SELECT setval(pg_get_serial_sequence(t, c), nextval(pg_get_serial_sequence(t, c)) + 1000000000)
          FROM (VALUES ('event_log', 'seq'), ('inbox', 'id'), ('audit', 'id'), ('quarantine', 'id'), ('revocation', 'id'), ('webhook', 'id')) AS numbered (t, c)
        """);
    config = configurationWith("restored.yaml", other);
  }
}
