package io.cloudconnector.distribution;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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

  String newEncryptionKey() {
    HostProcess keys = distribution.start("keys", "generate");
    if (keys.status() != 0) {
      throw new IllegalStateException(keys.err());
    }
    return keys.out().strip();
  }
}
