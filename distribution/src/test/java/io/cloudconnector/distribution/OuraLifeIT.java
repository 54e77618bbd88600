package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.oura.OuraChange;
import io.cloudconnector.simulator.oura.OuraCloud;
import io.cloudconnector.simulator.oura.OuraPerson;
import io.cloudconnector.simulator.oura.OuraSubscription;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person's whole life with a vendor whose webhooks are registered by API, expire and get lost.
 */
class OuraLifeIT extends SystemTest {
  private static final String USER = "user-1";
  private static final String CONNECTION = "/v1/connections/oura/" + USER;
  private static final String SUBSCRIPTIONS = "/v1/connectors/oura/subscriptions";
  private static final List<String> TYPES = List.of("workout", "sleep", "daily_sleep", "heartrate");

  /** Heart rate has no webhooks; each of the others is told of in three ways. */
  private static final int REGISTERED = 9;

  private final OuraCloud cloud = new OuraCloud();
  private Operator operator;
  private OuraPerson person;

  @BeforeEach
  void serve() throws IOException {
    URI url = URI.create("http://127.0.0.1:" + freePort());
    cloud.start();
    cloud.subscriptions().lifetime(Duration.ofDays(6));
    person = cloud.person(cloud.addPerson(5));
    cloud.consentAs(person.accountId());
    Path config =
        Files.writeString(
            folder.resolve("host.yaml"),
            configuration(url, Map.of("connectors", Map.of("oura", settings()))));
    operator = new Operator(url, API_KEY);
    serve(config, newEnvironment(), operator);
  }

  private Map<String, Object> settings() {
    Map<String, Object> oura = new TreeMap<>(cloud.connectorSettings());
    oura.put("resourceTypes", TYPES);
    oura.put("backfill", "10d");
    oura.put("reconcile", "3s");
    return oura;
  }

  @AfterEach
  void closeCloud() {
    operator.close();
    cloud.close();
  }

  @Test
  void fromTheFirstLinkToTheLast() {
    awaitRegistered();
    link();
    awaitHistory();
    awaitLive(person.create("workout"));
    assertSubscriptionsAreRenewed();
    assertWhatTheVendorDropsIsRepaired();
    assertALostDayIsFound();
    assertUnlinkingEndsIt();
  }

  private void link() {
    HttpResponse<String> page = operator.link("oura", USER);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(operator.connection("oura", USER).path("status").asString()).isEqualTo("ACTIVE");
  }

  private void awaitRegistered() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(cloud.subscriptions().all()).hasSize(REGISTERED));
  }

  private void awaitHistory() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(operator.events("backfill.completed"))
                    .extracting(event -> event.path("data").path("resourcetype").asString())
                    .containsExactlyInAnyOrderElementsOf(TYPES));
    assertThat(person.ids("sleep")).isNotEmpty();
    for (String night : person.ids("sleep")) {
      assertThat(operator.feed())
          .contains("\"data\":" + new String(person.document("sleep", night), UTF_8));
    }
    // On a slow machine the first reconciliation comes before some of it, and nothing comes twice.
    assertThat(Stream.of("backfill", "reconcile").flatMap(lane -> events(lane).stream()))
        .extracting(event -> event.path("resourcetype").asString())
        .contains("workout", "sleep", "daily_sleep", "heartrate");
  }

  private List<JsonNode> events(String lane) {
    return operator.events("data.updated").stream()
        .filter(event -> event.path("lane").asString().equals(lane))
        .toList();
  }

  private void awaitLive(OuraChange change) {
    assertThat(change.deliveries()).isNotEmpty();
    await().atMost(PATIENCE).until(() -> change.deliveries().stream().allMatch(Delivery::isOver));
    assertThat(change.deliveries()).allMatch(Delivery::acknowledged);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(resources("live")).contains(change.id()));
    assertThat(operator.feed())
        .contains("\"data\":" + new String(person.document(change.type(), change.id()), UTF_8));
  }

  private List<String> resources(String lane) {
    return events(lane).stream().map(event -> event.path("resourceid").asString()).toList();
  }

  /** They were made for six days, and less than seven are too few. */
  private void assertSubscriptionsAreRenewed() {
    cloud.subscriptions().lifetime(Duration.ofDays(90));
    check();
    Instant soon = Instant.now().plus(Duration.ofDays(80));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(subscriptions().path("ours").values())
                    .hasSize(REGISTERED)
                    .allMatch(
                        one -> Instant.parse(one.path("expiresAt").asString()).isAfter(soon)));
  }

  private void check() {
    assertThat(operator.command(SUBSCRIPTIONS + "/check")).isEqualTo(202);
  }

  private JsonNode subscriptions() {
    return JsonMapper.shared().readTree(operator.get(SUBSCRIPTIONS).body());
  }

  private void assertWhatTheVendorDropsIsRepaired() {
    OuraSubscription dropped = cloud.subscriptions().find("create", "workout").orElseThrow();
    cloud.subscriptions().drop(dropped.id());
    assertThat(cloud.subscriptions().all()).hasSize(REGISTERED - 1);
    check();
    awaitRegistered();
    awaitLive(person.create("workout"));
  }

  private void assertALostDayIsFound() {
    cloud.webhooks().misbehave(10_000, new Mischief.Lose());
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lost.add(person.create("workout", person.today().minusDays(1)).id());
    }
    lost.add(person.newNight().id());
    cloud.webhooks().behave();

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(resources("reconcile")).containsAll(lost));
    assertThat(resources("live")).doesNotContainAnyElementsOf(lost);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(missed("workout")).isGreaterThanOrEqualTo(5));
    awaitLive(person.create("workout"));
  }

  private int missed(String type) {
    return operator
        .connection("oura", USER)
        .path("coverage")
        .valueStream()
        .filter(one -> one.path("resourceType").asString().equals(type))
        .findFirst()
        .orElseThrow()
        .path("missedByWebhooks")
        .asInt();
  }

  private void assertUnlinkingEndsIt() {
    assertThat(operator.delete(CONNECTION)).isEqualTo(204);
    await().atMost(PATIENCE).until(() -> !cloud.oauth().linked(person.accountId()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(operator.events("connection.removed")).hasSize(1));
  }
}
