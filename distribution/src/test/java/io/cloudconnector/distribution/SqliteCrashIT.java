package io.cloudconnector.distribution;

import java.time.Duration;
import java.util.Map;

class SqliteCrashIT extends CrashTest {
  @Override
  String engine() {
    return "sqlite";
  }

  @Override
  Map<String, Object> database() {
    return Map.of("url", "jdbc:sqlite:data/connector.db");
  }

  @Override
  Duration shortForm() {
    return Duration.ofSeconds(35);
  }
}
