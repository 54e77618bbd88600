package io.cloudconnector.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlCrashIT extends CrashTest {
  @TempDir Path data;
  private PostgresqlServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new PostgresqlServer(data.resolve("cluster"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Override
  String engine() {
    return "postgresql";
  }

  @Override
  Map<String, Object> database() {
    return server.newDatabase();
  }

  @Override
  Duration shortForm() {
    return Duration.ofSeconds(15);
  }
}
