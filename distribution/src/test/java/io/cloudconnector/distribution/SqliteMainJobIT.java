package io.cloudconnector.distribution;

import java.util.Map;

class SqliteMainJobIT extends MainJobTest {
  @Override
  Map<String, Object> database() {
    return Map.of("url", "jdbc:sqlite:data of the host/connector.db");
  }
}
