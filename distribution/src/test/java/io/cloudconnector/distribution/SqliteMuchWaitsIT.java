package io.cloudconnector.distribution;

import java.util.Map;

class SqliteMuchWaitsIT extends MuchWaitsTest {
  @Override
  Map<String, Object> database() {
    return Map.of("url", "jdbc:sqlite:data/connector.db");
  }
}
