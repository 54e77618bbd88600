package io.cloudconnector.benchmarks;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.vault.EncryptionKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a host is started with: a folder with plugins and a configuration, and a database.
 *
 * @param databaseUrl JDBC
 * @param encryptionKey for the people's tokens
 */
record HostSetup(Path folder, String databaseUrl, String encryptionKey, int port) {
  static final String API_KEY = "benchmark-api-key-of-enough-length";

  /** Nobody is linked yet. */
  static HostSetup create(Path parent, Engine engine, String name, VendorStub vendor)
      throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name));
    HostSetup setup =
        new HostSetup(
            folder, engine.newDatabase(folder, name), EncryptionKey.generate().text(), freePort());
    PluginFolder.in(folder);
    Files.writeString(setup.config(), setup.yaml(vendor));
    return setup;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  Path config() {
    return folder.resolve("connector-host.yaml");
  }

  Database open() {
    return Database.open(databaseUrl, null, null, folder);
  }

  /** The vendor's limits are so wide that they bound nothing, yet each call takes its permit. */
  private String yaml(VendorStub vendor) {
    return """
        server: { port: %d, publicUrl: "http://127.0.0.1:%d" }
        database: { url: "%s" }
        plugins: { directory: "%s" }
        security: { apiKeys: [ "%s" ], encryptionKeys: [ "%s" ] }
        connectors:
          whoop:
            clientId: benchmark
            clientSecret: "%s"
            baseUrl: "%s"
            authUrl: "%s/authorize"
            tokenUrl: "%s/token"
            scopes: [ "offline", "read:profile", "read:sleep" ]
            rateLimits: [ { maxRequests: 1000000, timeWindow: 1s } ]
            backfill: 0d
            reconcile: 0s
          ceiling:
            clientId: benchmark
            clientSecret: "%s"
            webhookSecret: "%s"
            baseUrl: "%s"
        """
        .formatted(
            port,
            port,
            databaseUrl,
            folder.resolve("plugins"),
            API_KEY,
            encryptionKey,
            SignedWebhooks.SECRET,
            vendor.url(),
            vendor.url(),
            vendor.url(),
            SignedWebhooks.SECRET,
            SignedWebhooks.SECRET,
            vendor.url());
  }

  @Override
  public String toString() {
    return "HostSetup[" + folder + "]";
  }
}
