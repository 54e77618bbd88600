package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The host is told to stop while a vendor does not answer: it breaks the fetch off within the time
 * that its unit file promises, and does it again after the next start.
 */
class HangingFetchIT extends PluginTest {
  /** See connector-host.service. */
  private static final Duration PROMISED = Duration.ofSeconds(50);

  /** Longer than the host waits for any answer. */
  private static final Fault HANGS = new Fault.Slow(Duration.ofMinutes(5));

  private static final String DOCUMENTS = "/v1/steps";

  @TempDir Path data;

  private Map<String, Object> sections(Map<String, Object> database) {
    return Map.of(
        "database",
        database,
        "plugins",
        Map.of("directory", FirstVersionIT.JARS.toString(), "required", List.of("acme")),
        "connectors",
        Map.of("acme", acme.connectorSettings()));
  }

  private int fetches() {
    return acme.requests().of("GET", DOCUMENTS).size();
  }

  private void assertStopsInTimeAndLosesNothing(Map<String, Object> database) throws IOException {
    Map<String, Object> sections = sections(database);
    Map<String, String> environment = newEnvironment();
    HostProcess host = serveWith(sections, environment);
    link("acme");
    acme.faults().on(DOCUMENTS).always(HANGS);
    assertAcknowledged(acme.makeChange());
    await().atMost(PATIENCE).until(() -> fetches() > 0);

    host.terminate();

    assertThat(host.status(PROMISED)).as(host.err() + host.out()).isZero();
    assertThat(host.err()).isEmpty();
    // Else the fetch would have ended by itself, and nothing would be shown here.
    assertThat(host.out()).contains("Work did not end in time");
    assertThat(fetches()).isEqualTo(1);

    acme.faults().clear();
    serveWith(sections, environment);

    assertArrives(AcmeCloud.document());
    assertThat(fetches()).isEqualTo(2);
    assertThat(operator.events("data.updated"))
        .singleElement()
        .satisfies(HangingFetchIT::assertIsTheWalk);
    assertThat(operator.events("connection.linked")).hasSize(1);
    assertThat(operator.events("connection.reauthorization_required")).isEmpty();
  }

  private static void assertIsTheWalk(JsonNode event) {
    assertThat(event.path("userid").asString()).isEqualTo(USER);
    assertThat(event.path("resourcetype").asString()).isEqualTo("steps");
    assertThat(event.path("lane").asString()).isEqualTo("live");
  }

  @Test
  void stopsInTimeOnSqliteAndFetchesAgain() throws IOException {
    assertStopsInTimeAndLosesNothing(Map.of("url", "jdbc:sqlite:data/connector.db"));
  }

  @Test
  void stopsInTimeOnPostgresqlAndFetchesAgain() throws IOException {
    try (PostgresqlServer server = new PostgresqlServer(data.resolve("cluster"))) {
      assertStopsInTimeAndLosesNothing(server.newDatabase());
    }
  }
}
