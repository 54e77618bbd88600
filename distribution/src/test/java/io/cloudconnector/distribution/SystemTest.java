package io.cloudconnector.distribution;

import io.cloudconnector.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a distribution of its own, and leaves no process behind. */
abstract class SystemTest {
  static final String API_KEY = "an-api-key-of-the-system-tests";

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

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A cloud's settings for a host into whose log nothing comes that webhooks did not tell of. */
  static Map<String, Object> onlyWebhooks(SimulatedCloud cloud) {
    Map<String, Object> settings = new TreeMap<>(cloud.connectorSettings());
    settings.put("backfill", "0d");
    settings.put("reconcile", "0s");
    return settings;
  }

  String newEncryptionKey() {
    HostProcess keys = distribution.start("keys", "generate");
    if (keys.status() != 0) {
      throw new IllegalStateException(keys.err());
    }
    return keys.out().strip();
  }
}
