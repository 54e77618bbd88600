package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.host.limit.Reservation;
import io.cloudconnector.host.link.Connections;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.util.function.Function;

/**
 * Fetches one resource, or one page of history, for one person, with what it costs reserved before
 * it starts. Thread-safe.
 */
public final class Fetcher {
  private final Connections connections;
  private final Metrics metrics;

  public Fetcher(Connections connections, Metrics metrics) {
    this.connections = connections;
    this.metrics = metrics;
  }

  /**
   * Asks the connector.
   *
   * @throws ConnectorException as {@link io.cloudconnector.api.CloudConnector#fetchData}
   */
  public FetchResult fetch(RunningConnector connector, StoredConnection stored, Resource resource) {
    return fetch(connector, stored, resource, Lane.LIVE);
  }

  /** The same with what a lane's share of the limits leaves. */
  FetchResult fetch(
      RunningConnector connector, StoredConnection stored, Resource resource, Lane lane) {
    return measured(
        connector,
        stored,
        connector.callsPerFetch(resource),
        lane,
        connection -> connector.connector().fetchData(connection, resource),
        Fetcher::word);
  }

  /**
   * Asks for a page of history; calls beyond the first are taken from the limits as they are made.
   *
   * @throws BadPageException when no such page can be right
   * @throws ConnectorException as {@link History#page}
   * @throws IllegalArgumentException when the connector gives no history
   */
  public HistoryPage page(
      RunningConnector connector, StoredConnection stored, PageQuery query, Lane lane) {
    History history =
        connector
            .connector()
            .history()
            .orElseThrow(() -> new IllegalArgumentException("the connector gives no history"));
    return measured(
        connector,
        stored,
        1,
        lane,
        connection -> PageCheck.checked(history.page(connection, query), query),
        _ -> Metrics.Fetch.FOUND);
  }

  private <T> T measured(
      RunningConnector connector,
      StoredConnection stored,
      int calls,
      Lane lane,
      Function<Connection, T> work,
      Function<T, Metrics.Fetch> word) {
    long began = System.nanoTime();
    Metrics.Fetch outcome = Metrics.Fetch.FAILED;
    try (Reservation reservation = connector.limits().reserve(stored.userId(), calls, lane)) {
      T result = work.apply(connections.open(connector, stored, reservation));
      outcome = word.apply(result);
      return result;
    } catch (RuntimeException e) {
      outcome = word(e);
      throw e;
    } finally {
      metrics.fetched(connector.vendor(), outcome, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** Has the vendor decide whether a grant still holds, by asking it to renew the credentials. */
  void probe(RunningConnector connector, StoredConnection stored) {
    try (Reservation reservation = connector.limits().unreserved(stored.userId())) {
      Connection connection = connections.open(connector, stored, reservation);
      connection.renewed(connection.credentials());
    } catch (TokenException e) {
      // The keeper has recorded and told it; the question is answered.
      return;
    }
  }

  private static Metrics.Fetch word(FetchResult result) {
    return switch (result) {
      case FetchResult.Found _ -> Metrics.Fetch.FOUND;
      case FetchResult.Gone _ -> Metrics.Fetch.GONE;
      case FetchResult.NotYet _ -> Metrics.Fetch.NOT_YET;
    };
  }

  private static Metrics.Fetch word(RuntimeException e) {
    return switch (e) {
      case RateLimitException _ -> Metrics.Fetch.LIMITED;
      case TokenException _ -> Metrics.Fetch.UNAUTHORIZED;
      case OAuthException _ -> Metrics.Fetch.UNAUTHORIZED;
      default -> Metrics.Fetch.FAILED;
    };
  }
}
