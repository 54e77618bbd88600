package io.cloudconnector.host.web;

import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.link.ConnectionEnder;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.CoverageStore;
import io.cloudconnector.host.store.StoredConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is linked to what, how much may still be asked, and ending it. Never shows a token. */
final class ConnectionEndpoints {
  private final ConnectionStore connections;
  private final CoverageStore coverage;
  private final ConnectionEnder ender;
  private final RunningConnectors connectors;

  ConnectionEndpoints(
      ConnectionStore connections,
      CoverageStore coverage,
      ConnectionEnder ender,
      RunningConnectors connectors) {
    this.connections = connections;
    this.coverage = coverage;
    this.ender = ender;
    this.connectors = connectors;
  }

  List<Route> routes() {
    String one = "/v1/connections/{vendor}/{userId}";
    return List.of(
        new Route("GET", "/v1/connections", false, this::list),
        new Route("GET", one, false, this::show),
        new Route("DELETE", one, false, this::end),
        new Route("GET", one + "/rate-limit", false, this::rateLimit));
  }

  private Reply list(Exchange exchange) {
    Optional<String> name = exchange.query("vendor");
    Optional<VendorType> vendor = name.flatMap(Values::vendor);
    List<StoredConnection> found =
        name.isPresent() && vendor.isEmpty()
            ? List.of()
            : connections.list(exchange.query("userId"), vendor);
    return Reply.json(
        200, Map.of("connections", found.stream().map(ConnectionEndpoints::view).toList()));
  }

  StoredConnection find(Exchange exchange) {
    return Values.vendor(exchange.path("vendor"))
        .flatMap(vendor -> connections.find(vendor, exchange.path("userId")))
        .orElseThrow(ConnectionEndpoints::unknown);
  }

  private Reply show(Exchange exchange) {
    StoredConnection connection = find(exchange);
    Map<String, Object> view = view(connection);
    view.put(
        "coverage",
        CoverageView.of(
            connectors.find(connection.vendor()),
            coverage.of(connection.vendor(), connection.userId())));
    return Reply.json(200, view);
  }

  private static ProblemException unknown() {
    return new ProblemException(
        404, "unknown-connection", "this user has never been linked to this vendor");
  }

  private Reply end(Exchange exchange) {
    Actor by = Actor.key(exchange.caller());
    boolean ended =
        Values.vendor(exchange.path("vendor"))
            .map(vendor -> ender.end(by, vendor, exchange.path("userId")))
            .orElse(false);
    if (!ended) {
      throw unknown();
    }
    return Reply.empty(204);
  }

  private Reply rateLimit(Exchange exchange) {
    StoredConnection connection = find(exchange);
    RunningConnector connector = Values.connector(connectors, connection.vendor().name());
    return Reply.json(
        200,
        Map.of(
            "windows",
            connector.limits().status(connection.userId()).stream()
                .map(ConnectionEndpoints::view)
                .toList()));
  }

  private static Map<String, Object> view(LimitStatus status) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("limit", status.limit().maxRequests());
    view.put("windowSeconds", status.limit().timeWindow().toSeconds());
    view.put("scope", status.limit().isPerConnection() ? "connection" : "application");
    status.limit().tag().ifPresent(tag -> view.put("tag", tag));
    view.put("remaining", status.remaining());
    view.put("resetAt", status.resetAt().toString());
    return view;
  }

  static Map<String, Object> view(StoredConnection connection) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("vendor", connection.vendor().name());
    view.put("userId", connection.userId());
    view.put("accountIds", connection.accountIds().stream().sorted().toList());
    view.put("status", connection.status().name());
    view.put("scopes", connection.scopes().stream().sorted().toList());
    view.put("linkedAt", connection.linkedAt().toString());
    view.put("lastPullAt", Values.time(connection.lastPullAt()));
    view.put("accessTokenExpiresAt", Values.time(connection.accessUntil()));
    return view;
  }
}
