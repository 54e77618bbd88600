package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Each test has a distribution of its own, and leaves no process behind. */
abstract class SystemTest {
  static final String API_KEY = "an-api-key-of-the-system-tests";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final AtomicInteger nextPort =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(15_000, 30_000));

  @TempDir Path folder;
  Distribution distribution;

  @BeforeEach
  void unpack() {
    distribution = Distribution.copiedTo(folder);
  }

  @AfterEach
  void stopAll() {
    distribution.close();
  }

  /**
   * No other test of this run is given it, and it is below those that systems give to connections,
   * one of which could have it before its server starts.
   */
  static int freePort() throws IOException {
    int port = nextPort.getAndIncrement();
    while (!isFree(port)) {
      port = nextPort.getAndIncrement();
    }
    return port;
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (BindException _) {
      return false;
    }
  }

  /** Skips the test aloud where the machine has no such program. */
  static String program(String path, String toDo) {
    boolean present = Files.isExecutable(Path.of(path));
    String missing = "there is no %s to %s with".formatted(path, toDo);
    if (!present) {
      System.err.println("NOT TESTED: " + missing);
    }
    assumeThat(present).as(missing).isTrue();
    return path;
  }

  /** A cloud's settings for a host into whose log nothing comes that webhooks did not tell of. */
  static Map<String, Object> onlyWebhooks(SimulatedCloud cloud) {
    Map<String, Object> settings = new TreeMap<>(cloud.connectorSettings());
    settings.put("backfill", "0d");
    settings.put("reconcile", "0s");
    return settings;
  }

  /** A configuration with the least that a host needs, and these sections. */
  static String configuration(URI url, Map<String, Object> sections) {
    Map<String, Object> all = new TreeMap<>(sections);
    all.put("server", Map.of("port", url.getPort(), "publicUrl", url.toString()));
    all.put(
        "security",
        Map.of("apiKeys", List.of(API_KEY), "encryptionKeys", List.of("${ENCRYPTION_KEY}")));
    return JsonMapper.shared().writeValueAsString(all);
  }

  /** Starts a host and waits until it is ready; fails with what it printed when it ends instead. */
  HostProcess serve(Path config, Map<String, String> environment, Operator operator) {
    HostProcess host = distribution.start(environment, "serve", "--config", config.toString());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> operator.seesReadyHost() || !host.isAlive());
    assertThat(host.isAlive()).as(host.err() + host.out()).isTrue();
    return host;
  }

  /** The environment that {@link #configuration} refers to. */
  static Map<String, String> newEnvironment() {
    return Map.of("ENCRYPTION_KEY", newEncryptionKey());
  }

  static String newEncryptionKey() {
    return EncryptionKey.generate().text();
  }
}
