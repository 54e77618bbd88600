package io.cloudconnector.host.web;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.host.history.BackfillStatus;
import io.cloudconnector.host.history.Backfills;
import io.cloudconnector.host.history.HistoryTypes;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.HistoryPlace;
import io.cloudconnector.host.store.StoredConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A person's history, fetched on request, and how far that is. */
final class BackfillEndpoints {
  private final Function<Exchange, StoredConnection> connections;
  private final RunningConnectors connectors;
  private final Backfills backfills;
  private final InstantSource clock;

  BackfillEndpoints(
      Function<Exchange, StoredConnection> connections,
      RunningConnectors connectors,
      Backfills backfills,
      InstantSource clock) {
    this.connections = connections;
    this.connectors = connectors;
    this.backfills = backfills;
    this.clock = clock;
  }

  List<Route> routes() {
    String all = "/v1/connections/{vendor}/{userId}/backfills";
    return List.of(
        new Route("POST", all, false, this::begin),
        new Route("GET", all, false, this::list),
        new Route("GET", all + "/{id}", false, this::show));
  }

  private Reply begin(Exchange exchange) {
    StoredConnection connection = connections.apply(exchange);
    RunningConnector connector = Values.connector(connectors, connection.vendor().name());
    if (!HistoryTypes.isGivenBy(connector)) {
      throw VendorFaults.noHistory("history");
    }
    JsonNode json = exchange.json("from", "to", "resourceTypes");
    HistoryPlace span = Spans.read(name -> Values.optionalText(json, name), clock.instant());
    if (connection.status() != ConnectionStatus.ACTIVE) {
      throw relink();
    }
    List<ResourceType> types =
        backfills.reaching(types(json.get("resourceTypes"), connector, connection), span.to());
    if (types.isEmpty()) {
      throw ProblemException.badRequest(
          "the vendor has nothing to list in this span of what the person has granted");
    }
    return backfills
        .request(
            Actor.key(exchange.caller()),
            connection.vendor(),
            connection.userId(),
            span.from(),
            span.to(),
            types)
        .map(id -> Reply.json(202, Map.of("id", id)))
        .orElseThrow(BackfillEndpoints::relink);
  }

  private static ProblemException relink() {
    return new ProblemException(
        409, "relink-required", "the connection is not active; the person has to link again");
  }

  private List<ResourceType> types(
      @Nullable JsonNode names, RunningConnector connector, StoredConnection connection) {
    if (names == null || names.isNull()) {
      return backfills.usual(connector, connection);
    }
    if (!names.isArray() || names.isEmpty() || !names.valueStream().allMatch(JsonNode::isString)) {
      throw ProblemException.badRequest("'resourceTypes' must be a list of names");
    }
    return names
        .valueStream()
        .map(JsonNode::asString)
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .map(name -> type(name, connector, connection))
        .toList();
  }

  private static ResourceType type(
      String name, RunningConnector connector, StoredConnection connection) {
    ResourceType type = HistoryTypes.find(connector, name).orElseThrow(() -> unlisted(connector));
    if (!HistoryTypes.isGranted(type, connection)) {
      throw ProblemException.badRequest(
          "the person has not granted what " + type + " needs: " + type.scopes());
    }
    return type;
  }

  private static ProblemException unlisted(RunningConnector connector) {
    return ProblemException.badRequest(
        "'resourceTypes' may have: "
            + HistoryTypes.all(connector).stream()
                .map(ResourceType::name)
                .collect(Collectors.joining(", ")));
  }

  private Reply list(Exchange exchange) {
    StoredConnection connection = connections.apply(exchange);
    return Reply.json(
        200,
        Map.of(
            "backfills",
            backfills.list(connection.vendor(), connection.userId()).stream()
                .map(BackfillView::of)
                .toList()));
  }

  private Reply show(Exchange exchange) {
    StoredConnection connection = connections.apply(exchange);
    BackfillStatus status =
        backfills
            .find(connection.vendor(), connection.userId(), exchange.path("id"))
            .orElseThrow(() -> ProblemException.notFound("there is no such backfill"));
    return Reply.json(200, BackfillView.of(status));
  }
}
