package io.cloudconnector.host.web;

import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.delivery.Delivery;
import io.cloudconnector.host.delivery.EventFeed;
import io.cloudconnector.host.link.ConnectionEnder;
import io.cloudconnector.host.link.LinkFlow;
import io.cloudconnector.host.link.MassDeathBrake;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.pipeline.DurableInbox;
import io.cloudconnector.host.pipeline.Fetcher;
import io.cloudconnector.host.pipeline.SharedInbox;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All routes over the rooms that serve them.
 *
 * @param plugins what was found, for the list of connectors
 * @param delivery the webhook; empty: none is configured
 */
public record WebApplication(
    Settings settings,
    PluginReport plugins,
    RunningConnectors connectors,
    Database database,
    SharedInbox inbox,
    LinkFlow links,
    MassDeathBrake brake,
    ConnectionEnder ender,
    Fetcher fetcher,
    EventFeed feed,
    EventStreams streams,
    Optional<Delivery> delivery,
    Metrics metrics,
    InstantSource clock) {

  /** The server, not started yet. */
  public WebServer server() {
    OperationEndpoints operation = new OperationEndpoints(database, metrics);
    return WebServer.of(
        settings.server(),
        routes(),
        operation.routes(),
        new ApiKeys(settings.security().apiKeys()),
        metrics);
  }

  private List<Route> routes() {
    ConnectionEndpoints connections =
        new ConnectionEndpoints(new ConnectionStore(database), ender, connectors);
    return Stream.of(
            new WebhookEndpoint(connectors, settings.server().publicUrl(), metrics, clock).routes(),
            new LinkEndpoints(
                    links,
                    connectors,
                    settings.security().allowedReturnUrls(),
                    settings.server().publicUrl())
                .routes(),
            connections.routes(),
            new DataEndpoint(connections::find, connectors, fetcher, clock).routes(),
            new EventEndpoints(feed, streams).routes(),
            new DeliveryEndpoints(delivery).routes(),
            new DeadLetterEndpoints(database, clock).routes(),
            new QuarantineEndpoints(
                    database,
                    new QuarantineReplay(
                        database,
                        connectors,
                        connector -> new DurableInbox(connector.vendor(), inbox, metrics)))
                .routes(),
            new ConnectorEndpoints(plugins, connectors, settings.connectors().keySet()).routes(),
            new RefreshEndpoints(connectors, brake).routes())
        .flatMap(List::stream)
        .toList();
  }
}
