package io.cloudconnector.host.sync;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.config.ConnectorSettings;
import io.cloudconnector.host.containment.Contained;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.pipeline.DurableInbox;
import io.cloudconnector.host.pipeline.SharedInbox;
import io.cloudconnector.host.pipeline.UnknownTypes;
import io.cloudconnector.host.plugin.ConnectorStarter;
import io.cloudconnector.host.plugin.LoadedPlugin;
import io.cloudconnector.host.plugin.PluginFate;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.SubscriptionRow;
import io.cloudconnector.host.store.SubscriptionStore;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.Vault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Hosts' keepers on one database, with a connector that does what a test says. */
final class SubscriptionBench implements AutoCloseable {
  static final VendorType ACME = new VendorType("acme");
  static final VendorType BOLT = new VendorType("bolt");
  private static final URI PUBLIC_URL = URI.create("https://connect.example.test");

  final SettableClock clock = new SettableClock();
  final Script acme = new Script(ACME.name());
  final Script bolt = new Script(BOLT.name());
  private final Metrics metrics = new Metrics();
  private final TestDatabase kind;
  private final Path folder;
  private final String url;
  private final Database database;
  private final Deque<Runnable> opened = new ArrayDeque<>();

  SubscriptionBench(TestDatabase kind, Path folder) {
    this.kind = kind;
    this.folder = folder;
    this.url = kind.newUrl(folder);
    this.database = Database.open(url, null, null, folder);
  }

  /** A host's keeper; closed with the bench. */
  SubscriptionKeeper keeper() {
    return keeper(database, SubscriptionCheck.USUAL);
  }

  /** A keeper of another host; where a database takes only one, of another in the same process. */
  SubscriptionKeeper keeperOfAnotherHost() {
    return keeperOfAnotherHost(SubscriptionCheck.USUAL);
  }

  SubscriptionKeeper keeperOfAnotherHost(SubscriptionCheck.Times times) {
    if (!kind.equals(TestDatabase.POSTGRESQL)) {
      return keeper(database, times);
    }
    Database theirs = Database.open(url, null, null, folder);
    opened.push(theirs::close);
    return keeper(theirs, times);
  }

  SubscriptionKeeper keeper(SubscriptionCheck.Times times) {
    return keeper(database, times);
  }

  private SubscriptionKeeper keeper(Database on, SubscriptionCheck.Times times) {
    SubscriptionKeeper keeper =
        new SubscriptionKeeper(
            on, connectors(on), PUBLIC_URL, new AuditLog(on, clock), clock, times);
    opened.push(keeper::close);
    return keeper;
  }

  /** The right to check Acme, of a host that then does nothing with it. */
  boolean claimAndDie() {
    RunningConnector connector = start(acme, database);
    SubscribedVendor vendor = SubscribedVendor.of(connector, PUBLIC_URL).orElseThrow();
    return new SubscriptionClaims(database, clock).claim(vendor).isPresent();
  }

  private RunningConnectors connectors(Database on) {
    RunningConnectors connectors = new RunningConnectors();
    opened.push(connectors::close);
    connectors.add(start(acme, on));
    connectors.add(start(bolt, on));
    return connectors;
  }

  private RunningConnector start(Script script, Database on) {
    ConnectorStarter starter =
        new ConnectorStarter(
            on,
            new Vault(List.of(EncryptionKey.generate())),
            descriptor ->
                new DurableInbox(
                    descriptor, new SharedInbox(on), new UnknownTypes(metrics, clock), metrics),
            (vendor, request, why) -> {},
            Contained.unwatched(),
            metrics,
            clock);
    Descriptor descriptor = script.descriptor();
    PluginFate.Loaded fate =
        new PluginFate.Loaded(
            folder, descriptor.vendor(), "A", Optional.empty(), Optional.empty(), List.of());
    return starter.start(
        new LoadedPlugin(descriptor, script, SubscriptionBench.class.getClassLoader(), fate),
        new ConnectorSettings(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of()));
  }

  /** How Acme stands; once there is something. */
  SubscriptionRow acmeRow() {
    return new SubscriptionStore(database).find(ACME).orElseThrow();
  }

  /** How long it is from Acme's last check to its next. */
  Duration acmePause() {
    SubscriptionRow row = acmeRow();
    return Duration.between(Objects.requireNonNull(row.checkedAt()), row.dueAt());
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    metrics.close();
    database.close();
  }

  /** A connector whose subscriptions do what they are told; each start of it is the same. */
  static final class Script implements ConnectorFactory {
    private final String vendor;
    final List<SubscriptionRequest> calls = new CopyOnWriteArrayList<>();
    volatile Function<SubscriptionRequest, SubscriptionResult> answer;

    Script(String vendor) {
      this.vendor = vendor;
      this.answer = request -> SubscriptionResult.manual("nothing was said");
    }

    private SubscriptionResult reconcile(SubscriptionRequest request) {
      calls.add(request);
      return answer.apply(request);
    }

    @Override
    public Descriptor descriptor() {
      return Descriptor.builder(vendor, "A vendor")
          .withoutClient()
          .endpoint("base", "https://api." + vendor + ".example")
          .resource("run")
          .build();
    }

    @Override
    public CloudConnector create(ConnectorContext context) {
      return new CloudConnector() {
        @Override
        public Linking linking() {
          throw new AssertionError("nobody is linked here");
        }

        @Override
        public FetchResult fetchData(Connection connection, Resource resource) {
          throw new AssertionError("nothing is fetched here");
        }

        @Override
        public Optional<Subscriptions> subscriptions() {
          return Optional.of(Script.this::reconcile);
        }
      };
    }
  }
}
