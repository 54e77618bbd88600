package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.host.config.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the host tells of its connectors. */
final class ConnectorsTest extends HostTest {
  @Test
  void aConnectorThatDidNotStartIsNotCalledUnconfigured() {
    assertThat(status()).isEqualTo("running");

    host.restart("settings: { unstartable: true }");

    assertThat(status()).isEqualTo("failed");
    assertThat(host.api().connector("acme").get("reason").asString())
        .isEqualTo("java.lang.IllegalStateException");
  }

  /** Vendors give up what is answered 404. */
  @Test
  void webhooksOfAConfiguredVendorWhosePluginIsMissingAreAskedForAgain() {
    Path plugin = host.folder.resolve("plugins/acme.jar");
    host.restart("", () -> rename(plugin, "acme.jar.away"));

    Answer answer = webhook("acme");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("missing-connector");
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(webhook("nobody").status()).isEqualTo(404);
    assertThat(host.api().get("/metrics").text())
        .contains("connector_webhook_requests_total{status=\"503\",vendor=\"acme\"} 1.0")
        .doesNotContain("nobody");

    host.restart("", () -> rename(plugin.resolveSibling("acme.jar.away"), "acme.jar"));

    assertThat(webhook("acme").status()).isEqualTo(401);
  }

  @Test
  void aDatabaseThatFailsWhileAConnectorStartsCostsNoConnectorButTheStart() {
    assertThatThrownBy(
            () -> host.restart("", () -> execute("ALTER TABLE connector_state RENAME TO away")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("the database failed while the host started");

    host.restart("", () -> execute("ALTER TABLE away RENAME TO connector_state"));

    assertThat(status()).isEqualTo("running");
  }

  private Answer webhook(String vendor) {
    return host.api().withoutKey().post("/webhooks/" + vendor, "{}");
  }

  private static void rename(Path file, String name) {
    try {
      Files.move(file, file.resolveSibling(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(host.databaseUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsWhatBecameOfEachPlugin() {
    JsonNode plugin = api.get("/v1/connectors").json().at("/plugins/0");

    assertThat(plugin.at("/path").asString()).endsWith("acme.jar");
    assertThat(plugin.at("/fate").asString()).isEqualTo("loaded");
    assertThat(plugin.at("/apiVersion").asString()).isEqualTo("0.1");
  }

  @Test
  void tellsWhatMayBeSetAndGivenWithALink() {
    host.restart("settings: { lenient: true }");

    JsonNode acme = host.api().connector("acme");

    assertThat(acme.at("/settings/0").toString())
        .isEqualTo(
            """
            {"name":"lenient","kind":"flag","required":false,"secret":false,"default":"false",\
            "choices":[],"doc":"Takes notices without a trace."}""");
    assertThat(acme.at("/linkOptions/0").toString())
        .isEqualTo(
            """
            {"name":"region","kind":"text","required":false,"secret":false,"default":null,\
            "choices":["eu","us"],"doc":"Where the account is."}""");
  }

  private String status() {
    return host.api().connector("acme").get("status").asString();
  }
}
