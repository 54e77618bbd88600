package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts that cannot go well end at once, with words that help. */
class BadStartIT extends SystemTest {
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = freePort();
  }

  private Map<String, String> environment() {
    return Map.of(
        "CONNECTOR_PUBLIC_URL",
        "https://connect.example.com",
        "CONNECTOR_PORT",
        Integer.toString(port),
        "CONNECTOR_API_KEY",
        API_KEY,
        "CONNECTOR_ENCRYPTION_KEY",
        newEncryptionKey());
  }

  private HostProcess serveWithShippedConfiguration() {
    return distribution.start(environment(), "serve");
  }

  private static void assertRefused(HostProcess serve, String... words) {
    assertThat(serve.status()).as(serve.err()).isEqualTo(1);
    assertThat(serve.err()).contains(words).doesNotContain("\tat ");
    assertThat(serve.out()).doesNotContain("Ready", "\tat ");
  }

  @Test
  void allFaultsOfAConfigurationAreToldAtOnce() throws IOException {
    Path config = folder.resolve("faulty.yaml");
    Files.writeString(
        config,
        """
        server:
          prot: %d
          publicUrl: "http://connect.example.com"
        security:
          apiKeys: [ "${NOT_SET_ANYWHERE}" ]
          encryptionKeys: [ "not a key" ]
        connectors:
          whoop:
            clientId: "an id"
            webhookTolerance: soon
        """
            .formatted(port));

    HostProcess serve = distribution.start("serve", "--config", config.toString());

    assertThat(serve.status()).as(serve.out()).isEqualTo(2);
    assertThat(serve.err())
        .contains("faulty.yaml:2: server.prot", "port")
        .contains("faulty.yaml:3: server.publicUrl", "https://")
        .contains("faulty.yaml:5: security.apiKeys", "NOT_SET_ANYWHERE")
        .contains("faulty.yaml:6: security.encryptionKeys", "keys generate")
        .contains("clientSecret")
        .contains("faulty.yaml:10: connectors.whoop.webhookTolerance")
        .doesNotContain("\tat ");
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void shippedConfigurationNamesTheVariablesItNeeds() {
    HostProcess serve = distribution.start("serve");

    assertThat(serve.status()).isEqualTo(2);
    assertThat(serve.err())
        .contains("CONNECTOR_PUBLIC_URL", "CONNECTOR_API_KEY", "CONNECTOR_ENCRYPTION_KEY");
  }

  @Test
  void absentConfigurationIsToldWithAnExample() {
    HostProcess serve = distribution.start("serve", "--config", "nowhere.yaml");

    assertThat(serve.status()).isEqualTo(2);
    assertThat(serve.err()).contains("nowhere.yaml", "publicUrl:").doesNotContain("\tat ");
  }

  @Test
  void takenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThat(taken.isBound()).isTrue();

      assertRefused(serveWithShippedConfiguration(), "cannot listen on 127.0.0.1:" + port);
    }
  }

  /** For root every folder is writable, so a file stands where the folder should be. */
  @Test
  void dataFolderThatCannotBeMadeIsNamed() throws IOException {
    Path data = Files.writeString(distribution.home().resolve("data"), "a file");

    assertRefused(serveWithShippedConfiguration(), data.toString(), "database.url");
  }

  @Test
  void databaseOfANewerVersionIsLeftAlone() throws SQLException {
    assertThat(distribution.start(environment(), "migrate").status()).isZero();
    Path database = distribution.home().resolve("data/connector.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history SELECT 999, '999', 'of the future', type, 'V999',"
              + " 1, installed_by, installed_on, 1, success FROM flyway_schema_history LIMIT 1");
    }

    assertRefused(serveWithShippedConfiguration(), database.toString(), "newer version");
  }
}
