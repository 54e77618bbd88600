package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.acme.UnsignedAcmeConnectorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Anybody can say of a vendor that does not sign that something is gone. */
final class UnsignedWebhooksTest extends HostTest {
  private String account;

  @BeforeEach
  void signNothing() {
    account = host.link("anna");
    host.restart(
        "",
        () ->
            CompiledPlugin.writeInto(
                host.folder.resolve("plugins"), "acme", UnsignedAcmeConnectorFactory.class));
    api = host.api();
  }

  @Test
  void aDeletionOfWhatIsStillThereIsAnUpdate() {
    acme.put(account, "run/7", "{\"km\":5}");

    acme.notice(account, "run.deleted", "7");

    JsonNode event = api.awaitEvents("data.updated", 1).getFirst();
    assertThat(event.at("/data/km").asInt()).isEqualTo(5);
    assertThat(api.events("data.deleted")).isEmpty();
  }

  @Test
  void aDeletionIsBelievedOnceTheVendorHasNothingThere() {
    acme.notice(account, "run.deleted", "7");

    JsonNode event = api.awaitEvents("data.deleted", 1).getFirst();
    assertThat(event.at("/data/resourceid").asString()).isEqualTo("7");
    assertThat(acme.requests().of("GET", "/v1/run/7")).hasSize(1);
  }
}
