package io.cloudconnector.host.web;

import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.pipeline.Fetcher;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Data on request: the vendor's bytes as they are. */
final class DataEndpoint {
  private final Function<Exchange, StoredConnection> connections;
  private final RunningConnectors connectors;
  private final Fetcher fetcher;
  private final VendorFaults faults;
  private final PagesOnRequest pages;

  DataEndpoint(
      Function<Exchange, StoredConnection> connections,
      RunningConnectors connectors,
      Fetcher fetcher,
      InstantSource clock) {
    this.connections = connections;
    this.connectors = connectors;
    this.fetcher = fetcher;
    this.faults = new VendorFaults(clock);
    this.pages = new PagesOnRequest(fetcher, faults, clock);
  }

  List<Route> routes() {
    String all = "/v1/connections/{vendor}/{userId}/data/{resourceType}";
    return List.of(
        new Route("GET", all, false, this::fetch),
        new Route("GET", all + "/{resourceId}", false, this::fetch));
  }

  private Reply fetch(Exchange exchange) {
    StoredConnection connection = connections.apply(exchange);
    RunningConnector connector = Values.connector(connectors, connection.vendor().name());
    String type = type(exchange, connector);
    boolean listed =
        Stream.of("from", "to", "cursor").anyMatch(of -> exchange.query(of).isPresent());
    Resource resource = resource(exchange, type, listed);
    if (connection.status() != ConnectionStatus.ACTIVE) {
      throw VendorFaults.relink("the connection is " + connection.status());
    }
    if (listed) {
      return pages.page(exchange, connector, connection, type);
    }
    FetchResult result =
        faults.told(connection, () -> fetcher.fetch(connector, connection, resource));
    return switch (result) {
      case FetchResult.Found found -> data(found.documents());
      case FetchResult.Gone _ ->
          throw new ProblemException(404, "gone", "the vendor has no such document");
      case FetchResult.NotYet later -> notYet(later.askAgainAfter());
    };
  }

  private static String type(Exchange exchange, RunningConnector connector) {
    String type = exchange.path("resourceType");
    if (!connector.descriptor().resources().containsKey(type)) {
      throw new ProblemException(
          404,
          "unknown-resource-type",
          "%s has: %s"
              .formatted(
                  connector.vendor(),
                  String.join(
                      ", ",
                      connector.descriptor().resources().keySet().stream().sorted().toList())));
    }
    return type;
  }

  private static Resource resource(Exchange exchange, String type, boolean listed) {
    if (listed && exchange.optionalPath("resourceId").isPresent()) {
      throw ProblemException.badRequest("one document has no 'from', 'to' and 'cursor'");
    }
    try {
      return exchange
          .optionalPath("resourceId")
          .map(id -> Resource.one(type, id))
          .orElseGet(() -> Resource.all(type));
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("the resource id has characters that no vendor's id has");
    }
  }

  private static Reply notYet(Optional<Duration> again) {
    Reply reply = Reply.empty(202);
    return again
        .map(wait -> reply.header("Retry-After", ProblemException.seconds(wait)))
        .orElse(reply);
  }

  private static Reply data(List<VendorData> documents) {
    if (documents.size() == 1) {
      VendorData document = documents.getFirst();
      return Reply.bytes(200, document.mediaType(), document.bytes());
    }
    return Reply.bytes(200, VendorData.JSON, RecordsJson.of(documents, ""));
  }
}
