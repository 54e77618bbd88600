package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Secret;
import io.cloudconnector.host.cli.Cli;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.store.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands find a host that ends TLS itself, and send their key to no other. */
final class TlsCommandTest {
  private static final Secret PASSWORD = Secret.of("password-of-the-keystore");

  @TempDir Path folder;

  @Test
  void aCommandKnowsTheHostByItsCertificate() throws Exception {
    Path keystore = Keystores.make(folder.resolve("tls.p12"), PASSWORD, 30);
    Path another = Keystores.make(folder.resolve("another.p12"), PASSWORD, 30);
    try (RunningHost host = new RunningHost(TestDatabase.SQLITE, folder, ", " + tls(keystore))) {
      StringWriter out = new StringWriter();
      assertThat(run(configuration(host, keystore), out)).as(out.toString()).isZero();

      StringWriter refused = new StringWriter();
      assertThat(run(configuration(host, another), refused)).isEqualTo(1);
      assertThat(refused.toString()).contains("another certificate than server.tls.keystore");
    }
  }

  private static String tls(Path keystore) {
    return "tls: { keystore: \"%s\", password: \"%s\" }".formatted(keystore, PASSWORD.reveal());
  }

  private Path configuration(RunningHost host, Path keystore) throws Exception {
    return Files.writeString(
        folder.resolve("host.yaml"),
        """
        server: { port: %d, publicUrl: "%s", %s }
        security: { apiKeys: [ "%s" ], encryptionKeys: [ "%s" ] }
        """
            .formatted(
                host.port(),
                RunningHost.PUBLIC_URL,
                tls(keystore),
                RunningHost.API_KEY,
                RunningHost.ENCRYPTION_KEY));
  }

  private int run(Path configuration, StringWriter said) {
    Console console =
        new Console(
            new PrintWriter(said, true),
            new PrintWriter(said, true),
            Map.of(),
            folder,
            logging -> {});
    return Cli.run(
        new String[] {"dead-letters", "list", "--config", configuration.toString()},
        new HostCommands(),
        console);
  }
}
