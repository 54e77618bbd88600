package io.cloudconnector.host.web;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.VendorTimeoutException;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.link.RefreshLaterException;
import io.cloudconnector.host.pipeline.Fetcher;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.StoredConnection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data on request: the vendor's bytes as they are. */
final class DataEndpoint {
  private static final Logger log = LoggerFactory.getLogger(DataEndpoint.class);

  private final Function<Exchange, StoredConnection> connections;
  private final RunningConnectors connectors;
  private final Fetcher fetcher;
  private final InstantSource clock;

  DataEndpoint(
      Function<Exchange, StoredConnection> connections,
      RunningConnectors connectors,
      Fetcher fetcher,
      InstantSource clock) {
    this.connections = connections;
    this.connectors = connectors;
    this.fetcher = fetcher;
    this.clock = clock;
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
    Resource resource = resource(exchange, connector);
    if (connection.status() != ConnectionStatus.ACTIVE) {
      throw relink("the connection is " + connection.status());
    }
    return answer(connection, () -> fetcher.fetch(connector, connection, resource));
  }

  private static Resource resource(Exchange exchange, RunningConnector connector) {
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
    if (exchange.query("from").isPresent() || exchange.query("to").isPresent()) {
      throw ProblemException.badRequest(
          "this connector gives no history; ask without 'from' and 'to'");
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

  private interface Fetch {
    FetchResult run();
  }

  private Reply answer(StoredConnection connection, Fetch fetch) {
    try {
      return switch (fetch.run()) {
        case FetchResult.Found found -> data(found.documents());
        case FetchResult.Gone _ ->
            throw new ProblemException(404, "gone", "the vendor has no such document");
        case FetchResult.NotYet later -> notYet(later.askAgainAfter());
      };
    } catch (RateLimitException e) {
      throw new ProblemException(
          429, "rate-limited", "the vendor's limit is reached", e.retryAfter());
    } catch (RefreshLaterException e) {
      throw new ProblemException(
          502,
          "vendor-failed",
          "the vendor did not renew the credentials; it is asked again later",
          Optional.of(Duration.between(clock.instant(), e.notBefore())));
    } catch (TokenException e) {
      throw relink("there are no valid credentials any more");
    } catch (OAuthException e) {
      throw relink("the vendor refuses it to these credentials; perhaps a permission is missing");
    } catch (VendorUnavailableException e) {
      throw new ProblemException(
          503,
          "vendor-unavailable",
          "the vendor fails too often and is left alone for a while",
          Optional.of(e.retryAfter()));
    } catch (VendorTimeoutException e) {
      throw new ProblemException(504, "vendor-timeout", "the vendor did not answer in time");
    } catch (ConnectorException e) {
      log.atWarn()
          .addKeyValue("vendor", connection.vendor())
          .addKeyValue("user_id", connection.userId())
          .log("Data was asked for and the vendor failed: {}", Masked.told(e));
      throw new ProblemException(502, "vendor-failed", "the vendor did not give it");
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("the connector does not know such a resource");
    } catch (DatabaseException | ProblemException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      throw broken(connection, e);
    }
  }

  private static ProblemException broken(StoredConnection connection, Throwable e) {
    // The class only: what a connector's own fault says may hold a document.
    log.atError()
        .addKeyValue("vendor", connection.vendor())
        .addKeyValue("user_id", connection.userId())
        .log("Data was asked for and the connector failed: {}", e.getClass().getName());
    return new ProblemException(502, "vendor-failed", "the connector could not fetch it");
  }

  private static ProblemException relink(String detail) {
    return new ProblemException(409, "relink-required", detail + "; the person has to link again");
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
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes("{\"records\":[".getBytes(StandardCharsets.UTF_8));
    String joint = "";
    for (VendorData document : documents) {
      joined.writeBytes(joint.getBytes(StandardCharsets.UTF_8));
      joined.writeBytes(document.bytes());
      joint = ",";
    }
    joined.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    return Reply.bytes(200, VendorData.JSON, joined.toByteArray());
  }
}
