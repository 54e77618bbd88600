package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.plugin.PluginLoader;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.simulator.Delivery;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A whole host in this process, with Acme's cloud beside it. */
final class RunningHost implements AutoCloseable {
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
  }

  static final String PUBLIC_URL = "https://connect.example.test";
  static final String API_KEY = "the-key-of-the-application-0123456789";
  static final String READ_ONLY_KEY = "the-key-of-the-dashboard-0123456789";
  static final String ENCRYPTION_KEY = EncryptionKey.generate().text();
  static final String APPLICATION = "https://app.example.test/linked";

  final SettableClock clock = new SettableClock();
  final AcmeCloud acme = new AcmeCloud(clock);
  final OpenApi description = new OpenApi();
  final Path folder;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final String databaseUrl;

  /** What stands in the configuration from the next start on; the first seals. */
  List<String> encryptionKeys = List.of(ENCRYPTION_KEY);

  private final String serverSettings;
  private URI vendorBase = acme.url("");
  private URI vendorAuth = acme.url("/authorize");
  private URI vendorToken = acme.url("/token");
  private PluginReport plugins;
  private Host host;
  private Api api;

  RunningHost(TestDatabase kind, Path folder) {
    this(kind, folder, "");
  }

  /**
   * One whose server is set up in another way.
   *
   * @param serverSettings more of its section, beginning with a comma
   */
  RunningHost(TestDatabase kind, Path folder, String serverSettings) {
    this.folder = folder;
    this.serverSettings = serverSettings;
    this.databaseUrl = kind.newUrl(folder);
    CompiledPlugin.writeInto(folder.resolve("plugins"));
    start("");
  }

  private void start(String acmeSettings) {
    plugins = PluginLoader.ofHost().load(folder.resolve("plugins"));
    assertThat(plugins.refused()).isEmpty();
    host = Host.start(settings(acmeSettings), plugins, folder, clock);
    URI address = URI.create("http://127.0.0.1:" + host.port());
    api = new Api(http, address, description).withKey(API_KEY);
    acme.webhooks().sendTo(URI.create(address + "/webhooks/acme"));
  }

  private Settings settings(String acmeSettings) {
    String yaml =
        """
        server: { port: 0, publicUrl: "%s" %s }
        database: { url: "%s" }
        plugins: { directory: "%s" }
        security:
          apiKeys: [ "%s", { name: dashboard, key: "%s", readOnly: true } ]
          encryptionKeys: [ %s ]
          allowedReturnUrls: [ "%s", "https://app.example.test/after/*" ]
        connectors:
          acme:
            clientId: acme-app
            clientSecret: "%s"
            webhookSecret: "%s"
            baseUrl: "%s"
            authUrl: "%s"
            tokenUrl: "%s"
            %s
        """
            .formatted(
                PUBLIC_URL,
                serverSettings,
                databaseUrl,
                folder.resolve("plugins"),
                API_KEY,
                READ_ONLY_KEY,
                String.join(", ", encryptionKeys),
                APPLICATION,
                AcmeCloud.CLIENT_SECRET,
                AcmeCloud.WEBHOOK_SECRET,
                vendorBase,
                vendorAuth,
                vendorToken,
                sync(acmeSettings));
    return SettingsLoader.parse(yaml, Map.of(), folder, where -> plugins.descriptors()).settings();
  }

  /** No history comes by itself unless a test wants it. */
  private static String sync(String acmeSettings) {
    return (acmeSettings.contains("backfill:") ? "" : "backfill: 0d\n    ")
        + (acmeSettings.contains("reconcile:") ? "" : "reconcile: 0s\n    ")
        + acmeSettings;
  }

  /** Another host on the same database and with the same settings. */
  Host another(String acmeSettings) {
    return Host.start(settings(acmeSettings), plugins, folder, clock);
  }

  /**
   * Stops the host and starts it again on the same database.
   *
   * @param acmeSettings one more line for the section of Acme
   */
  void restart(String acmeSettings) {
    restart(acmeSettings, () -> {});
  }

  /** {@link #restart(String)} with something done in between. */
  void restart(String acmeSettings, Runnable whileStopped) {
    stop();
    whileStopped.run();
    start(acmeSettings);
  }

  /** Starts again with other addresses in the place of Acme's. */
  void restartTowards(URI base, URI auth, URI token, String acmeSettings) {
    vendorBase = base;
    vendorAuth = auth;
    vendorToken = token;
    restart(acmeSettings);
  }

  /** What runs, to be looked through. */
  Host running() {
    return host;
  }

  int port() {
    return host.port();
  }

  Api api() {
    return api;
  }

  Browser browser() {
    return new Browser(api.withoutKey(), http);
  }

  /** Asks for a link; returns its address. */
  String invite(String userId) {
    return invite(userId, APPLICATION);
  }

  String invite(String userId, String returnUrl) {
    String body =
        "{\"vendor\":\"acme\",\"userId\":\"%s\",\"returnUrl\":\"%s\"}".formatted(userId, returnUrl);
    Answer answer = api.post("/v1/links", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("linkUrl").asString();
  }

  /** Links a user to a new account; returns that account. */
  String link(String userId) {
    String account = acme.newAccount();
    relink(userId);
    return account;
  }

  /** Links a user to whichever account consents now. */
  void relink(String userId) {
    assertThat(browser().walk(invite(userId)).address()).isEqualTo(APPLICATION + "?status=linked");
  }

  /** Acme sends these while the host cannot commit, so that they meet in one commit. */
  void deliverInOneCommit(List<String> bodies) throws InterruptedException {
    List<Delivery> sent;
    try (HeldCommits held = new HeldCommits(this)) {
      sent = bodies.stream().map(body -> acme.send(body).getFirst()).toList();
      held.awaitWaiting(bodies.size());
    }
    for (Delivery delivery : sent) {
      delivery.awaitOver(Duration.ofSeconds(20));
      assertThat(delivery.statuses()).containsExactly(200);
    }
  }

  private void stop() {
    host.close();
    plugins.close();
  }

  @Override
  public void close() {
    // First, since a server gives idle connections a second to end.
    http.shutdownNow();
    acme.webhooks().close();
    stop();
    acme.close();
  }
}
