package io.cloudconnector.host.web;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.core.WebhookStore;
import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.delivery.Delivery;
import io.cloudconnector.host.delivery.EventFeed;
import io.cloudconnector.host.history.Backfills;
import io.cloudconnector.host.link.ConnectionEnder;
import io.cloudconnector.host.link.LinkFlow;
import io.cloudconnector.host.link.MassDeathBrake;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.person.PersonErasure;
import io.cloudconnector.host.person.PersonExport;
import io.cloudconnector.host.pipeline.Fetcher;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.CoverageStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.sync.SubscriptionKeeper;
import io.cloudconnector.host.vault.KeyRotation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All routes over the rooms that serve them.
 *
 * @param plugins what was found, for the list of connectors
 * @param inboxes where the notices of each connector are stored
 * @param delivery the webhook; empty: none is configured
 */
public record WebApplication(
    Settings settings,
    PluginReport plugins,
    RunningConnectors connectors,
    Database database,
    AuditLog audit,
    KeyRotation rotation,
    Function<Descriptor, WebhookStore> inboxes,
    LinkFlow links,
    MassDeathBrake brake,
    SubscriptionKeeper subscriptions,
    ConnectionEnder ender,
    Backfills backfills,
    Fetcher fetcher,
    EventFeed feed,
    EventStreams streams,
    Optional<Delivery> delivery,
    PersonExport export,
    PersonErasure erasure,
    Metrics metrics,
    InstantSource clock) {

  /** The server, not started yet. */
  public WebServer server() {
    OperationEndpoints operation = new OperationEndpoints(database, metrics);
    return WebServer.of(
        settings.server(),
        routes(),
        operation.routes(),
        new ApiKeys(settings.security().apiKeys(), addresses(), new WrongKeys(metrics, clock)),
        metrics,
        HttpBounds.USUAL,
        clock);
  }

  private ClientAddresses addresses() {
    return new ClientAddresses(settings.server().proxies());
  }

  private List<Route> routes() {
    ConnectionEndpoints connections =
        new ConnectionEndpoints(
            new ConnectionStore(database), new CoverageStore(database), ender, connectors);
    return Stream.of(
            new WebhookEndpoint(
                    connectors, settings.server().publicUrl(), addresses(), metrics, clock)
                .routes(),
            new LinkEndpoints(
                    links,
                    connectors,
                    settings.security().allowedReturnUrls(),
                    settings.server().publicUrl())
                .routes(),
            connections.routes(),
            new BackfillEndpoints(connections::find, connectors, backfills, clock).routes(),
            new DataEndpoint(connections::find, connectors, fetcher, clock).routes(),
            new EventEndpoints(feed, streams).routes(),
            new DeliveryEndpoints(delivery).routes(),
            new DeadLetterEndpoints(database, audit, clock).routes(),
            new QuarantineEndpoints(
                    database, audit, new QuarantineReplay(database, audit, connectors, inboxes))
                .routes(),
            new UserEndpoints(export, erasure).routes(),
            new KeyEndpoints(rotation).routes(),
            new AuditEndpoints(audit).routes(),
            new ConnectorEndpoints(plugins, connectors).routes(),
            new RefreshEndpoints(connectors, brake).routes(),
            new SubscriptionEndpoints(connectors, subscriptions, settings.server().publicUrl())
                .routes())
        .flatMap(List::stream)
        .toList();
  }
}
