package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the host tells of its connectors. */
final class ConnectorsTest extends HostTest {
  @Test
  void aConnectorThatDidNotStartIsNotCalledUnconfigured() {
    assertThat(status()).isEqualTo("running");

    host.restart("settings: { unstartable: true }");

    assertThat(status()).isEqualTo("failed");
  }

  private String status() {
    return host.api().get("/v1/connectors").json().at("/connectors/0/status").asString();
  }
}
