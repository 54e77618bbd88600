package io.cloudconnector.host.web;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What watches over the host asks for: whether it lives, whether it works, and its figures. */
final class OperationEndpoints {
  private final Database database;
  private final Metrics metrics;

  OperationEndpoints(Database database, Metrics metrics) {
    this.database = database;
    this.metrics = metrics;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/health/live", true, exchange -> status(200, "live")),
        new Route("GET", "/health/ready", true, exchange -> ready()),
        new Route("GET", "/metrics", true, exchange -> figures()),
        description());
  }

  private static Route description() {
    byte[] yaml = resource();
    return new Route(
        "GET", "/openapi.yaml", true, exchange -> Reply.bytes(200, "application/yaml", yaml));
  }

  private static byte[] resource() {
    try (InputStream yaml = OperationEndpoints.class.getResourceAsStream("/openapi.yaml")) {
      return Objects.requireNonNull(yaml, "openapi.yaml is not in the jar").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reply status(int status, String word) {
    return Reply.json(status, Map.of("status", word));
  }

  private Reply ready() {
    try {
      return database.isWritable() ? status(200, "ready") : status(503, "database takes no writes");
    } catch (DatabaseException e) {
      return status(503, "database unavailable");
    }
  }

  private Reply figures() {
    return Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
  }
}
