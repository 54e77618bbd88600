package io.cloudconnector.host.plugin;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.core.DeclaredHosts;
import io.cloudconnector.core.VendorHttpClient;
import io.cloudconnector.core.WebhookIntake;
import io.cloudconnector.core.WebhookRefusals;
import io.cloudconnector.core.WebhookStore;
import io.cloudconnector.host.config.ConnectorSettings;
import io.cloudconnector.host.config.EffectiveVendorConfig;
import io.cloudconnector.host.config.SyncSettings;
import io.cloudconnector.host.containment.CallWatch;
import io.cloudconnector.host.containment.ContainedConnector;
import io.cloudconnector.host.containment.Containment;
import io.cloudconnector.host.containment.HostTime;
import io.cloudconnector.host.limit.VendorLimits;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.StateStore;
import io.cloudconnector.host.vault.Vault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Makes connectors out of plugins and settings, each with its own HTTP client, limits and intake.
 */
public final class ConnectorStarter {
  private static final Duration APPLICATION_DEADLINE = Duration.ofSeconds(30);

  private final Database database;
  private final Vault vault;
  private final Function<Descriptor, WebhookStore> inboxes;
  private final WebhookRefusals refusals;
  private final CallWatch watch;
  private final Metrics metrics;
  private final InstantSource clock;

  /**
   * For all connectors of a host.
   *
   * @param inboxes where the notices of each connector are stored
   * @param refusals who is told of webhooks that are not verified
   * @param watch looks after the calls into all of them
   */
  public ConnectorStarter(
      Database database,
      Vault vault,
      Function<Descriptor, WebhookStore> inboxes,
      WebhookRefusals refusals,
      CallWatch watch,
      Metrics metrics,
      InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.inboxes = inboxes;
    this.refusals = refusals;
    this.watch = watch;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Starts one connector.
   *
   * @throws RuntimeException whatever the plugin throws; the host goes on without it
   */
  public RunningConnector start(LoadedPlugin plugin, ConnectorSettings settings) {
    Descriptor descriptor = plugin.descriptor();
    EffectiveVendorConfig config = EffectiveVendorConfig.of(descriptor, settings);
    VendorHttpClient client =
        VendorHttpClient.builder(DeclaredHosts.of(descriptor, config))
            .vendor(descriptor.vendor().name())
            .build();
    try {
      return start(plugin, config, SyncSettings.of(descriptor, settings), client);
    } catch (RuntimeException | Error e) {
      client.close();
      throw e;
    }
  }

  private RunningConnector start(
      LoadedPlugin plugin,
      EffectiveVendorConfig config,
      SyncSettings sync,
      VendorHttpClient client) {
    Descriptor descriptor = plugin.descriptor();
    AtomicReference<ContainedConnector> made = new AtomicReference<>();
    VendorLimits limits =
        new VendorLimits(
            database,
            descriptor.vendor(),
            config.rateLimits(),
            costliest(descriptor),
            reply -> readings(made, reply),
            clock);
    limits.recover();
    AtomicReference<Intake> intake = new AtomicReference<>(new NotStarted());
    HostContext context =
        new HostContext(
            config,
            HostTime.of(client.with(limits.application(), APPLICATION_DEADLINE)),
            HostTime.of(
                new SealedState(descriptor.vendor(), new StateStore(database), vault, clock)),
            new HostRateLimits(limits),
            request -> intake.get().receive(request),
            clock);
    ContainedConnector connector =
        ContainedConnector.create(
            () -> plugin.factory().create(context),
            new Containment(descriptor.vendor(), plugin.classLoader(), watch, metrics));
    made.set(connector);
    intake.set(
        new WebhookIntake(descriptor.vendor(), connector, inboxes.apply(descriptor), refusals));
    return new RunningConnector(descriptor, config, sync, connector, client, limits, intake.get());
  }

  private static int costliest(Descriptor descriptor) {
    return descriptor.resources().values().stream()
        .mapToInt(ResourceType::callsPerFetch)
        .max()
        .orElse(1);
  }

  private static List<LimitReading> readings(
      AtomicReference<ContainedConnector> made, HttpReply reply) {
    ContainedConnector connector = made.get();
    return connector == null ? List.of() : connector.readLimits(reply);
  }

  /** What a connector meets that processes webhooks while it is still being made. */
  private static final class NotStarted implements Intake {
    @Override
    public WebhookReply receive(io.cloudconnector.api.WebhookRequest request) {
      return WebhookReply.status(503);
    }
  }
}
