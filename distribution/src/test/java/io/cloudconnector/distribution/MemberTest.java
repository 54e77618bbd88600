package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A served distribution between an operator and a WHOOP cloud, one of whose members is linked. What
 * it learns comes from webhooks only.
 */
abstract class MemberTest extends SystemTest {
  static final String USER = "user-1";

  final WhoopCloud cloud = new WhoopCloud();
  Map<String, String> environment = Map.of();
  Path config = Path.of("");
  URI url;
  Operator operator;
  WhoopPerson person;

  /** As started last. */
  HostProcess host;

  /** Members of the configuration's {@code database}. */
  Map<String, Object> database() {
    return Map.of("url", "jdbc:sqlite:data/connector.db");
  }

  @BeforeEach
  void serveLinkedMember() throws IOException {
    url = URI.create("http://127.0.0.1:" + freePort());
    cloud.start();
    person = cloud.person(cloud.addPerson());
    cloud.webhooks().repeatAfter(List.of());
    cloud.sendWebhooksTo(url.resolve("/webhooks/whoop"));
    environment = newEnvironment();
    config = configurationWith("host.yaml", database());
    operator = new Operator(url, API_KEY);
    host = served();
    HttpResponse<String> page = operator.link("whoop", USER);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
  }

  /** A file with the configuration of this host on a database. */
  Path configurationWith(String file, Map<String, Object> database) throws IOException {
    return Files.writeString(
        folder.resolve(file),
        configuration(
            url, Map.of("database", database, "connectors", Map.of("whoop", onlyWebhooks(cloud)))));
  }

  /** Starts the host on its configuration. */
  HostProcess served() {
    return serve(config, environment, operator);
  }

  @AfterEach
  void closeCloud() {
    operator.close();
    cloud.close();
  }

  static void awaitOver(List<Delivery> deliveries) {
    assertThat(deliveries).isNotEmpty();
    await().atMost(PATIENCE).until(() -> deliveries.stream().allMatch(Delivery::isOver));
  }

  /** Has a change become a dead letter; returns the id of its workout. */
  String bury() {
    cloud.faults().on("/developer/v2").always(Fault.status(400));
    String id = person.newWorkout().id();
    await().atMost(PATIENCE).until(() -> !deadLetters().isEmpty());
    cloud.faults().clear();
    return id;
  }

  JsonNode deadLetters() {
    return JsonMapper.shared()
        .readTree(operator.get("/v1/dead-letters").body())
        .path("deadLetters");
  }
}
