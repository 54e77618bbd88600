package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/** A served distribution with a plugin for Acme that it was not shipped with. */
abstract class PluginTest extends SystemTest {
  static final String USER = "user-1";

  final AcmeCloud acme = new AcmeCloud();
  URI url;
  Operator operator;

  @BeforeEach
  void startAcme() throws IOException {
    url = URI.create("http://127.0.0.1:" + freePort());
    operator = new Operator(url, API_KEY);
    acme.start();
    acme.addPerson();
    acme.sendWebhooksTo(url.resolve("/webhooks/acme"));
  }

  @AfterEach
  void stopAcme() {
    operator.close();
    acme.close();
  }

  /**
   * Starts the host and waits until it is ready, or fails with what it printed.
   *
   * @param plugins the section of the configuration; what it requires must load
   * @param connectors a section for each vendor
   */
  void serve(Map<String, Object> plugins, Map<String, Object> connectors) throws IOException {
    serveWith(Map.of("plugins", plugins, "connectors", connectors), newEnvironment());
  }

  /** Starts the host with these sections, and waits until it is ready. */
  HostProcess serveWith(Map<String, Object> sections, Map<String, String> environment)
      throws IOException {
    String configuration = configuration(url, sections);
    return serve(
        Files.writeString(folder.resolve("host.yaml"), configuration), environment, operator);
  }

  void link(String vendor) {
    HttpResponse<String> page = operator.link(vendor, USER);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
  }

  /** Links somebody at Acme, and lets a signed webhook tell that they walked; returns the event. */
  JsonNode walkThatArrives() {
    link("acme");
    assertAcknowledged(acme.makeChange());
    assertArrives(AcmeCloud.document());
    return operator.events("data.updated").stream()
        .filter(event -> event.path("vendor").asString().equals("acme"))
        .findFirst()
        .orElseThrow();
  }

  static void assertAcknowledged(List<Delivery> deliveries) {
    assertThat(deliveries).isNotEmpty();
    await().atMost(PATIENCE).until(() -> deliveries.stream().allMatch(Delivery::isOver));
    assertThat(deliveries).allMatch(Delivery::acknowledged);
  }

  /** As the vendor wrote it, byte for byte. */
  void assertArrives(String document) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(operator.feed()).contains("\"data\":" + document));
  }
}
