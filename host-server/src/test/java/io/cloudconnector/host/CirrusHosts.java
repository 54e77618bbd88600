package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.acme.CirrusConnectorFactory;
import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.plugin.PluginLoader;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Hosts on one database, before a vendor that has to be asked for its webhooks. */
final class CirrusHosts implements AutoCloseable {
  static final String WEBHOOK_SECRET = "cirrus-webhook-secret-k1l2m3n4o5";
  static final String PATH = "/v1/connectors/cirrus/subscriptions";

  final SettableClock clock = new SettableClock();
  final CirrusCloud cloud = new CirrusCloud(clock);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final OpenApi description = new OpenApi();
  private final Path folder;
  private final String databaseUrl;
  private final PluginReport plugins;
  private final Deque<Host> running = new ArrayDeque<>();

  CirrusHosts(TestDatabase kind, Path folder) {
    this.folder = folder;
    this.databaseUrl = kind.newUrl(folder);
    CompiledPlugin.writeInto(folder.resolve("plugins"), "cirrus", CirrusConnectorFactory.class);
    CompiledPlugin.writeInto(folder.resolve("plugins"));
    this.plugins = PluginLoader.ofHost().load(folder.resolve("plugins"));
    assertThat(plugins.refused()).isEmpty();
  }

  /** One more host; the vendor's tests reach it from now on. */
  Api start(String cirrusSettings) {
    return start(RunningHost.PUBLIC_URL, cloud.url().toString(), cirrusSettings, true);
  }

  /**
   * One more host.
   *
   * @param reached whether the vendor's tests reach it
   */
  Api start(String publicUrl, String base, String cirrusSettings, boolean reached) {
    int port = freePort();
    if (reached) {
      // Before it starts: it asks as soon as it serves.
      cloud.reach(URI.create("http://127.0.0.1:" + port));
    }
    running.push(
        Host.start(settings(port, publicUrl, base, cirrusSettings), plugins, folder, clock));
    return api(URI.create("http://127.0.0.1:" + port));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The host that the vendor's tests reach. */
  Api reached() {
    return api(cloud.reached());
  }

  private Api api(URI address) {
    return new Api(http, address, description).withKey(RunningHost.API_KEY);
  }

  private Settings settings(int port, String publicUrl, String base, String cirrusSettings) {
    String yaml =
        """
        server: { port: %d, publicUrl: "%s" }
        database: { url: "%s" }
        plugins: { directory: "%s" }
        security:
          apiKeys: [ "%s" ]
          encryptionKeys: [ "%s" ]
        connectors:
          acme: { clientId: acme-app, clientSecret: a-secret, webhookSecret: another-secret }
          cirrus:
            clientId: cirrus-app
            clientSecret: cirrus-client-secret-a1b2c3d4e5
            webhookSecret: "%s"
            baseUrl: "%s"
            %s
        """
            .formatted(
                port,
                publicUrl,
                databaseUrl,
                folder.resolve("plugins"),
                RunningHost.API_KEY,
                RunningHost.ENCRYPTION_KEY,
                WEBHOOK_SECRET,
                base,
                cirrusSettings);
    return SettingsLoader.parse(yaml, Map.of(), folder, where -> plugins.descriptors()).settings();
  }

  /** Stops the host that was started last. */
  void stop() {
    running.pop().close();
  }

  /** Waits until a host tells this state of the vendor's subscriptions. */
  static JsonNode await(Api api, String state) {
    return Awaitility.await()
        .until(() -> api.get(PATH).json(), found -> found.get("state").asString().equals(state));
  }

  @Override
  public void close() {
    http.shutdownNow();
    running.forEach(Host::close);
    plugins.close();
    cloud.close();
  }
}
