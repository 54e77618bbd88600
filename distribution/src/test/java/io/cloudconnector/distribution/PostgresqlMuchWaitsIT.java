package io.cloudconnector.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlMuchWaitsIT extends MuchWaitsTest {
  private static PostgresqlServer server;

  @BeforeAll
  static void startServer(@TempDir Path data) throws IOException {
    server = new PostgresqlServer(data.resolve("cluster"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  Map<String, Object> database() {
    return server.newDatabase();
  }
}
