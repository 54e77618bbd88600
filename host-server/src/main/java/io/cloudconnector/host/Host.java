package io.cloudconnector.host;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.CircuitState;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorHttpClient;
import io.cloudconnector.core.WebhookStore;
import io.cloudconnector.host.config.ConnectorSettings;
import io.cloudconnector.host.config.DatabaseSettings;
import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.containment.CallWatch;
import io.cloudconnector.host.containment.ConnectorHealth;
import io.cloudconnector.host.delivery.Delivery;
import io.cloudconnector.host.delivery.EventFeed;
import io.cloudconnector.host.history.Backfills;
import io.cloudconnector.host.history.LinkedHistory;
import io.cloudconnector.host.history.Reconciliation;
import io.cloudconnector.host.link.ConnectionEnder;
import io.cloudconnector.host.link.Connections;
import io.cloudconnector.host.link.CredentialsVault;
import io.cloudconnector.host.link.LinkFlow;
import io.cloudconnector.host.link.Linker;
import io.cloudconnector.host.link.MassDeathBrake;
import io.cloudconnector.host.link.Revocations;
import io.cloudconnector.host.link.TokenKeeper;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.person.PersonErasure;
import io.cloudconnector.host.person.PersonExport;
import io.cloudconnector.host.pipeline.ArrivalSorter;
import io.cloudconnector.host.pipeline.Dispatcher;
import io.cloudconnector.host.pipeline.DurableInbox;
import io.cloudconnector.host.pipeline.Fetcher;
import io.cloudconnector.host.pipeline.RetryPolicy;
import io.cloudconnector.host.pipeline.SharedInbox;
import io.cloudconnector.host.pipeline.UnknownTypes;
import io.cloudconnector.host.plugin.ConnectorStarter;
import io.cloudconnector.host.plugin.LoadedPlugin;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxState;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.sync.EventRetention;
import io.cloudconnector.host.sync.Housekeeping;
import io.cloudconnector.host.sync.PeriodicJobs;
import io.cloudconnector.host.sync.RefreshAhead;
import io.cloudconnector.host.sync.SubscriptionKeeper;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.KeyRotation;
import io.cloudconnector.host.vault.Vault;
import io.cloudconnector.host.web.EventStreams;
import io.cloudconnector.host.web.RefusedWebhooks;
import io.cloudconnector.host.web.WebApplication;
import io.cloudconnector.host.web.WebServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running host: every room put together by hand, opened in order and closed in reverse. */
public final class Host implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Host.class);

  /** A connector's level when there is none; those of running ones are lower. */
  private static final int MISSING = 3;

  private final Closing closing;
  private final WebServer web;

  private Host(
      Settings settings, PluginReport plugins, Path home, InstantSource clock, Closing closing) {
    this.closing = closing;
    Vault vault =
        new Vault(
            settings.security().encryptionKeys().stream()
                .map(key -> EncryptionKey.parse(key.reveal()))
                .toList());
    Database database = open(settings.database(), home, closing);
    StartupChecks.keysKnown(database, vault);
    AuditLog audit = new AuditLog(database, clock);
    Metrics metrics = closing.add("metrics", new Metrics());
    CallWatch watch = closing.add("connector watch", new CallWatch());
    RunningConnectors connectors = closing.add("connectors", new RunningConnectors());
    SharedInbox inbox = new SharedInbox(database);
    UnknownTypes unknownTypes = new UnknownTypes(metrics, clock);
    Function<Descriptor, WebhookStore> inboxes =
        connector -> new DurableInbox(connector, inbox, unknownTypes, metrics);
    RefusedWebhooks refused = closing.add("refused webhooks", new RefusedWebhooks(clock));
    ConnectorStarter starter =
        new ConnectorStarter(database, vault, inboxes, refused, watch, metrics, clock);
    startConnectors(settings, plugins, connectors, starter);

    CredentialsVault credentials = new CredentialsVault(vault);
    MassDeathBrake brake = new MassDeathBrake(database, clock);
    TokenKeeper tokens =
        closing.add("token keeper", new TokenKeeper(database, credentials, brake, metrics, clock));
    tokens.recover();
    ConnectionEnder ender = new ConnectionEnder(database, audit, clock);
    Backfills backfills = new Backfills(database, audit, clock);
    Linker linker =
        new Linker(database, audit, credentials, new LinkedHistory(database, backfills), clock);
    LinkFlow links =
        new LinkFlow(
            settings.server().publicUrl(),
            connectors,
            database,
            audit,
            vault,
            linker,
            metrics,
            clock);
    KeyRotation rotation = new KeyRotation(database, vault, audit, clock);
    Fetcher fetcher = new Fetcher(new Connections(tokens, ender), metrics);

    ArrivalSorter sorter = closing.add("arrivals", new ArrivalSorter(database, metrics));
    Dispatcher dispatcher =
        closing.add(
            "dispatcher",
            new Dispatcher(
                database,
                connectors,
                fetcher,
                RetryPolicy.of(settings.inbox().retryFor(), settings.inbox().retryAttempts()),
                metrics,
                clock));
    SubscriptionKeeper subscriptions =
        new SubscriptionKeeper(database, connectors, settings.server().publicUrl(), audit, clock);
    subscriptions.recover();
    PeriodicJobs jobs = closing.add("periodic jobs", new PeriodicJobs());
    EventFeed feed = new EventFeed(database);
    EventStreams streams = new EventStreams(feed);
    Optional<Delivery> delivery =
        settings
            .delivery()
            .webhook()
            .map(to -> new Delivery(database, audit, feed, to, metrics, clock))
            .map(made -> closing.add("delivery webhook", made));
    web =
        closing.add(
            "web server",
            new WebApplication(
                    settings,
                    plugins,
                    connectors,
                    database,
                    audit,
                    rotation,
                    inboxes,
                    links,
                    brake,
                    subscriptions,
                    ender,
                    backfills,
                    fetcher,
                    feed,
                    streams,
                    delivery,
                    new PersonExport(database, backfills, audit, clock),
                    new PersonErasure(database, ender, audit, clock),
                    metrics,
                    clock)
                .server());

    // Closed before the web server, which waits for its readers.
    closing.add("event streams", streams);
    closing.add("event feed", feed);
    closing.add("refreshes to come", tokens::beginNoMore);
    // What it breaks off would wait for an answer of ours.
    closing.add("subscriptions", subscriptions);
    watch(metrics, database, connectors);
    watch(metrics, brake, connectors);
    subscriptions.show(metrics);
    metrics.streams(streams::open);
    delivery.ifPresent(to -> watch(metrics, to));
    delivery.ifPresent(Delivery::start);
    web.start();
    sorter.start();
    dispatcher.start();
    Revocations revocations = new Revocations(database, connectors, credentials, clock);
    jobs.every(Duration.ofSeconds(1), "revocations", revocations::runDue);
    jobs.every(Duration.ofSeconds(2), "key rotation", rotation::runDue);
    jobs.every(Duration.ofSeconds(10), "refused webhooks", refused::report);
    jobs.every(Duration.ofSeconds(10), "renewed certificate", web::renewCertificate);
    RefreshAhead ahead = new RefreshAhead(database, connectors, tokens, clock);
    jobs.every(Duration.ofSeconds(5), "refresh ahead", ahead::run);
    // Only now that we serve: vendors call back before they answer.
    jobs.every(Duration.ofSeconds(2), "subscriptions", subscriptions::run);
    Reconciliation reconciliation = new Reconciliation(database, connectors, clock);
    jobs.every(Duration.ofSeconds(2), "reconciliation", reconciliation::run);
    Housekeeping housekeeping =
        new Housekeeping(
            database,
            settings.inbox().dedupeFor(),
            longestWindows(connectors),
            audit,
            settings.audit().keepFor(),
            clock);
    jobs.every(Duration.ofMinutes(10), "housekeeping", housekeeping::run);
    EventRetention retention =
        new EventRetention(
            database, settings.delivery().retention(), delivery.map(to -> Delivery.SINK), clock);
    metrics.purgeHeld(() -> retention.isHeld() ? 1 : 0);
    jobs.every(Duration.ofMinutes(10), "event retention", retention::run);
  }

  /**
   * Starts a host; it serves when this returns.
   *
   * @param home what relative paths are relative to
   * @throws StartupException when it cannot start, with the way to mend it
   */
  public static Host start(
      Settings settings, PluginReport plugins, Path home, InstantSource clock) {
    Closing closing = new Closing();
    try {
      return new Host(settings, plugins, home, clock, closing);
    } catch (DatabaseException e) {
      closing.close();
      throw new StartupException(
          "the database failed while the host started (" + e.getMessage() + "); start it again", e);
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  private static Database open(DatabaseSettings settings, Path home, Closing closing) {
    closing.add("hold on the database", Database.claim(settings.url(), home));
    return closing.add(
        "database",
        Database.open(
            settings.url(),
            settings.username().orElse(null),
            settings.password().map(io.cloudconnector.api.Secret::reveal).orElse(null),
            home));
  }

  private static void startConnectors(
      Settings settings,
      PluginReport plugins,
      RunningConnectors running,
      ConnectorStarter starter) {
    settings
        .connectors()
        .forEach(
            (vendor, configured) ->
                plugins
                    .plugin(vendor)
                    .ifPresentOrElse(
                        plugin -> start(starter, plugin, configured, running),
                        () -> running.miss(vendor, "there is no usable plugin for it")));
  }

  private static void start(
      ConnectorStarter starter,
      LoadedPlugin plugin,
      ConnectorSettings settings,
      RunningConnectors running) {
    try {
      running.add(starter.start(plugin, settings));
      log.atInfo()
          .addKeyValue("vendor", plugin.descriptor().vendor())
          .log("The connector for {} is running", plugin.descriptor().displayName());
    } catch (DatabaseException e) {
      // Ours: a start that is tried again as a whole costs no connector.
      throw e;
    } catch (RuntimeException e) {
      String why = Masked.told(e);
      running.miss(plugin.descriptor().vendor(), why);
      log.atError()
          .addKeyValue("vendor", plugin.descriptor().vendor())
          .log(
              "The connector did not start: {}. Until the host is started again its vendor's"
                  + " webhooks are answered 503 and its work waits",
              why);
    }
  }

  private static void watch(Metrics metrics, Database database, RunningConnectors connectors) {
    InboxStore inbox = new InboxStore(database);
    metrics.inbox(
        () -> inbox.count(InboxState.ARRIVED) + inbox.count(InboxState.WAITING),
        () -> inbox.count(InboxState.DEAD));
    metrics.groupCommit(
        () -> database.groupCounts().commits(),
        () -> database.groupCounts().items(),
        () -> database.groupCounts().waiting());
    metrics.eventLog(new EventLog(database)::last);
    metrics.databaseReads(database::reads);
    for (RunningConnector connector : connectors.all()) {
      VendorHttpClient client = connector.client();
      metrics.vendorCalls(
          connector.vendor(),
          () -> level(client.circuit()),
          client::callsInFlight,
          client::callsRejected);
      metrics.connectorHealth(connector.vendor(), () -> level(connector.connector().health()));
    }
    connectors.missing().keySet().forEach(vendor -> metrics.connectorHealth(vendor, () -> MISSING));
  }

  private static void watch(Metrics metrics, MassDeathBrake brake, RunningConnectors connectors) {
    for (RunningConnector connector : connectors.all()) {
      metrics.refreshesStopped(
          connector.vendor(), () -> brake.isStopped(connector.vendor()) ? 1 : 0);
    }
  }

  private static int level(ConnectorHealth health) {
    return switch (health) {
      case ConnectorHealth.Well _ -> 0;
      case ConnectorHealth.Failing _ -> 1;
      case ConnectorHealth.Off _ -> 2;
    };
  }

  private static int level(CircuitState circuit) {
    return switch (circuit) {
      case CLOSED -> 0;
      case TRYING -> 1;
      case OPEN -> 2;
    };
  }

  private static void watch(Metrics metrics, Delivery delivery) {
    metrics.delivery(
        () -> delivery.status().lag(),
        () -> delivery.status().lagSeconds(),
        () -> delivery.status().stateNumber(),
        () -> delivery.status().parked());
  }

  private static Map<VendorType, Duration> longestWindows(RunningConnectors connectors) {
    return connectors.all().stream()
        .collect(
            Collectors.toMap(
                RunningConnector::vendor, connector -> longestWindow(connector.config())));
  }

  private static Duration longestWindow(VendorConfig config) {
    return config.rateLimits().stream()
        .map(RateLimitConfig::timeWindow)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO)
        // A window that began before a restart may still be open.
        .plus(Duration.ofHours(1));
  }

  /** Where the interface is served, on this machine. */
  public int port() {
    return web.port();
  }

  /** Where health and metrics are served. */
  public int managementPort() {
    return web.managementPort();
  }

  /** Takes nothing more in, lets work under way end for a while, and closes everything. */
  @Override
  public void close() {
    closing.close();
  }
}
