package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.oura.OuraChange;
import io.cloudconnector.simulator.oura.OuraCloud;
import io.cloudconnector.simulator.oura.OuraPerson;
import io.cloudconnector.simulator.whoop.WhoopChange;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Jars that were compiled against the first version of the API run on this host. Between them they
 * take all roles of the SPI: linking, webhooks, fetching, history, subscriptions and their
 * handshake. Where they come from: src/test/plugins/README.md.
 */
class FirstVersionIT extends PluginTest {
  static final Path JARS = Path.of("src/test/plugins/0.1").toAbsolutePath();

  private void serveWithOldJars(String vendor, Map<String, Object> settings) throws IOException {
    serve(
        Map.of("directory", JARS.toString(), "required", List.of(vendor)),
        Map.of(vendor, settings));
  }

  @Test
  void exampleOfTheArchetypeStillWorks() throws IOException {
    serveWithOldJars("acme", acme.connectorSettings());

    assertThat(walkThatArrives().path("resourcetype").asString()).isEqualTo("steps");
  }

  @Test
  void connectorForWhoopStillWorks() throws IOException {
    try (WhoopCloud cloud = new WhoopCloud()) {
      cloud.start();
      WhoopPerson person = cloud.person(cloud.addPerson());
      cloud.sendWebhooksTo(url.resolve("/webhooks/whoop"));
      serveWithOldJars("whoop", onlyWebhooks(cloud));
      link("whoop");

      WhoopChange night = person.newSleep();

      assertAcknowledged(night.deliveries());
      assertArrives(text(person.document("sleep", night.id())));
      assertArrives(text(person.document("recovery", night.id())));
    }
  }

  @Test
  void connectorForOuraStillWorks() throws IOException {
    try (OuraCloud cloud = new OuraCloud()) {
      cloud.start();
      OuraPerson person = cloud.person(cloud.addPerson(5));
      cloud.consentAs(person.accountId());
      Map<String, Object> settings = new TreeMap<>(cloud.connectorSettings());
      settings.put("resourceTypes", List.of("workout", "sleep"));
      settings.put("backfill", "10d");
      serveWithOldJars("oura", settings);
      awaitSubscribed(cloud);
      link("oura");
      for (String night : person.ids("sleep")) {
        assertArrives(text(person.document("sleep", night)));
      }

      OuraChange change = person.create("workout");

      assertAcknowledged(change.deliveries());
      assertArrives(text(person.document("workout", change.id())));
    }
  }

  /** To what is created, updated and deleted of each type; the vendor tests the address. */
  private static void awaitSubscribed(OuraCloud cloud) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(cloud.subscriptions().all()).hasSize(2 * 3));
  }

  private static String text(byte[] document) {
    return new String(document, UTF_8);
  }
}
