package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.acme.AcmeConnectorFactory;
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
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.StoredConnection;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.Vault;
import io.cloudconnector.simulator.Faults;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedOAuth;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Hosts' token keepers on one database, before a vendor that rotates refresh tokens. */
final class RefreshBench implements AutoCloseable {
  static final VendorType ACME = new VendorType("acme");
  private static final URI BACK = URI.create("https://connect.example.test/oauth/acme/callback");

  final SettableClock clock = new SettableClock();
  final Database database;
  final ConnectionStore connections;
  final CredentialsVault credentials;
  final SimulatedOAuth oauth = new SimulatedOAuth("acme-app", "a secret", clock);
  final RunningConnector connector;
  final RunningConnectors connectors = new RunningConnectors();
  final Metrics metrics = new Metrics();
  private final TestDatabase kind;
  private final String url;
  private final Path folder;
  private final SimulatedServer server = new SimulatedServer(clock);
  private final HttpClient browser = HttpClient.newHttpClient();
  private final Deque<Runnable> opened = new ArrayDeque<>();

  RefreshBench(TestDatabase kind, Path folder) {
    this.kind = kind;
    this.folder = folder;
    this.url = kind.newUrl(folder);
    this.database = Database.open(url, null, null, folder);
    this.connections = new ConnectionStore(database);
    Vault vault = new Vault(List.of(EncryptionKey.generate()));
    this.credentials = new CredentialsVault(vault);
    oauth.mount(server, "/authorize", "/token");
    server.route(
        "GET",
        "/v1/me",
        request ->
            request
                .bearerToken()
                .flatMap(oauth::holder)
                .map(
                    holder ->
                        SimulatedReply.json(
                            200, JsonText.object().text("id", holder.accountId()).toString()))
                .orElseGet(() -> SimulatedReply.empty(401)));
    server.route(
        "DELETE",
        "/v1/access",
        request ->
            request
                .bearerToken()
                .flatMap(oauth::holder)
                .map(
                    holder -> {
                      oauth.revoke(holder.accountId());
                      return SimulatedReply.empty(204);
                    })
                .orElseGet(() -> SimulatedReply.empty(401)));
    server.start();
    this.connector = start(vault);
    connectors.add(connector);
  }

  private RunningConnector start(Vault vault) {
    AcmeConnectorFactory factory = new AcmeConnectorFactory();
    ConnectorStarter starter =
        new ConnectorStarter(
            database,
            vault,
            descriptor ->
                new DurableInbox(
                    descriptor,
                    new SharedInbox(database),
                    new UnknownTypes(metrics, clock),
                    metrics),
            (vendor, request, why) -> {
              throw new AssertionError("refused: " + why);
            },
            Contained.unwatched(),
            metrics,
            clock);
    PluginFate.Loaded fate =
        new PluginFate.Loaded(folder, ACME, "Acme", Optional.empty(), Optional.empty(), List.of());
    return starter.start(
        new LoadedPlugin(factory.descriptor(), factory, RefreshBench.class.getClassLoader(), fate),
        new ConnectorSettings(
            Optional.of("acme-app"),
            Optional.of(Secret.of("a secret")),
            List.of(),
            Map.of(
                "base", server.url(""),
                "auth", server.url("/authorize"),
                "token", server.url("/token")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of()));
  }

  Faults faults() {
    return server.faults();
  }

  /** How often the vendor was asked for tokens after links were made. */
  int refreshes() {
    return oauth.refreshCalls();
  }

  MassDeathBrake brake() {
    return new MassDeathBrake(database, clock);
  }

  /** A host's keeper; closed with the bench. */
  TokenKeeper keeper() {
    TokenKeeper keeper = new TokenKeeper(database, credentials, brake(), metrics, clock);
    opened.push(keeper::close);
    return keeper;
  }

  /** A keeper of another host; where a database takes only one, of another in the same process. */
  TokenKeeper keeperOfAnotherHost() {
    if (!kind.equals(TestDatabase.POSTGRESQL)) {
      return keeper();
    }
    Database theirs = Database.open(url, null, null, folder);
    opened.push(theirs::close);
    TokenKeeper keeper =
        new TokenKeeper(theirs, credentials, new MassDeathBrake(theirs, clock), metrics, clock);
    opened.push(keeper::close);
    return keeper;
  }

  /** A keeper that tells how far it is; never closed, since it may have been left for dead. */
  TokenKeeper keeper(Consumer<RefreshStep> steps) {
    Duration beat = Duration.ofMillis(50);
    return new TokenKeeper(database, credentials, brake(), metrics, clock, steps, beat);
  }

  /** Links a person to a new account. */
  Grant link(String userId) {
    oauth.addAccount(account(userId));
    return relink(userId);
  }

  static String account(String userId) {
    return "account of " + userId;
  }

  /** Links a person to the account that consents now. */
  Grant relink(String userId) {
    Linked linked = consented();
    StoredConnection stored =
        database.write(
            tx -> {
              long generation = connections.nextGeneration(tx, ACME, userId);
              Credentials found = linked.credentials();
              return connections.link(
                  tx,
                  new NewConnection(
                      ACME,
                      userId,
                      generation,
                      linked.accountIds(),
                      linked.granted().orElseThrow(),
                      credentials.seal(new Grant(ACME, userId, generation), found),
                      clock.instant(),
                      found.accessUntil().orElse(null),
                      found.refreshUntil().orElse(null)));
            });
    return Grant.of(stored);
  }

  private Linked consented() {
    String state = Tokens.random();
    HostLinkRequest request =
        new HostLinkRequest(
            state,
            BACK,
            Tokens.random(),
            Map.of(),
            connector.http(CallGate.open(), Duration.ofSeconds(10)));
    var linking = connector.connector().linking();
    LinkStep.Redirect consent = (LinkStep.Redirect) linking.begin(request);
    String query = Objects.requireNonNull(location(consent.location()).getQuery());
    String code =
        Arrays.stream(query.split("&", -1))
            .filter(pair -> pair.startsWith("code="))
            .map(pair -> pair.substring("code=".length()))
            .findFirst()
            .orElseThrow();
    return linking.complete(request, new HostLinkAnswer(Map.of("code", code), Optional.empty()));
  }

  private URI location(URI page) {
    try {
      return URI.create(
          browser
              .send(HttpRequest.newBuilder(page).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at the consent page", e);
    }
  }

  StoredConnection stored(String userId) {
    return connections.find(ACME, userId).orElseThrow();
  }

  ConnectionStatus status(String userId) {
    return stored(userId).status();
  }

  /** Whether the vendor takes these. */
  boolean isGood(Credentials found) {
    return oauth.holder(found.accessToken().reveal()).isPresent();
  }

  /** What the log tells of connections, as type and data. */
  List<String> told() {
    return new EventLog(database)
        .read(0, 1_000, Integer.MAX_VALUE).stream().map(logged -> text(logged.event())).toList();
  }

  private static String text(NewEvent event) {
    Bytes data = Objects.requireNonNull(event.data());
    return event.type() + " " + new String(data.toArray(), StandardCharsets.UTF_8);
  }

  /** How many rows tell of refreshes, and how many of them hold answers. */
  String openRefreshes() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT count(*) AS c, count(replies) AS r FROM refresh")
                .map((row, context) -> row.getInt("c") + " rows, " + row.getInt("r") + " answers")
                .one());
  }

  /** How long the only refresh under way is held from now on. */
  Duration heldFor() {
    long until =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT COALESCE(max(held_until), 0) FROM refresh")
                    .mapTo(Long.class)
                    .one());
    return Duration.ofMillis(until - clock.millis());
  }

  @Override
  public void close() {
    opened.forEach(Runnable::run);
    browser.shutdownNow();
    connectors.close();
    metrics.close();
    server.close();
    database.close();
  }
}
