package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.whoop.WhoopChange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The main job, end to end: what happens to a linked WHOOP member reaches the operator. The served
 * distribution stands between a WHOOP cloud and an operator, all over real HTTP.
 */
abstract class MainJobTest extends MemberTest {
  private void assertArrives(String type, String id) {
    // Byte for byte, so no JSON parser may stand between.
    String document = new String(person.document(type, id), UTF_8);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(operator.feed()).contains("\"data\":" + document));
  }

  private static void assertAnswered(int status, List<Delivery> deliveries) {
    awaitOver(deliveries);
    assertThat(deliveries).allSatisfy(one -> assertThat(one.statuses()).containsExactly(status));
  }

  private static void assertAccepted(List<Delivery> deliveries) {
    awaitOver(deliveries);
    assertThat(deliveries).allMatch(Delivery::acknowledged);
  }

  private List<JsonNode> updates(String id) {
    return operator.events("data.updated").stream()
        .filter(event -> event.path("resourceid").asString().equals(id))
        .toList();
  }

  @Test
  void refusedWebhooksLeaveNoEvent() {
    cloud.webhooks().misbehave(1, new Mischief.Forge());
    assertAnswered(401, person.newWorkout().deliveries());
    cloud.webhooks().misbehave(1, new Mischief.Stale(Duration.ofDays(2)));
    assertAnswered(401, person.newWorkout().deliveries());
    cloud.webhooks().misbehave(1, new Mischief.Oversize((1 << 20) + 1));
    assertAnswered(413, person.newWorkout().deliveries());

    WhoopChange accepted = person.newWorkout();
    byte[] unsigned = accepted.deliveries().getFirst().body();
    assertThat(operator.post("/webhooks/whoop", unsigned)).isEqualTo(401);
    assertThat(operator.post("/webhooks/nobody", unsigned)).isEqualTo(404);

    assertArrives("workout", accepted.id());
    assertThat(operator.events("data.updated")).hasSize(1);
  }

  @Test
  void updatesArriveWithTheVendorsBytesUnchanged() {
    WhoopChange workout = person.newWorkout();
    assertAccepted(workout.deliveries());
    WhoopChange night = person.newSleep();
    assertAccepted(night.deliveries());

    assertArrives("workout", workout.id());
    assertArrives("sleep", night.id());
    assertArrives("recovery", night.id());

    JsonNode event = updates(workout.id()).getFirst();
    assertThat(event.path("specversion").asString()).isEqualTo("1.0");
    assertThat(event.path("source").asString()).isEqualTo("/connectors/whoop");
    assertThat(event.path("vendor").asString()).isEqualTo("whoop");
    assertThat(event.path("userid").asString()).isEqualTo(USER);
    assertThat(event.path("resourcetype").asString()).isEqualTo("workout");
    assertThat(event.path("traceid").asString())
        .isEqualTo(workout.deliveries().getFirst().eventId());
    assertThat(event.path("lane").asString()).isEqualTo("live");
    assertThat(updates(night.id()))
        .extracting(one -> one.path("resourcetype").asString())
        .containsExactlyInAnyOrder("sleep", "recovery");
    assertThat(operator.get("/v1/connections/whoop/" + USER + "/data/recovery/" + night.id()))
        .satisfies(
            answer -> assertThat(answer.body()).isEqualTo(person.document("recovery", night.id())));
  }

  @Test
  void linkIsToldAndShownWithoutTokens() {
    assertThat(operator.events("connection.linked")).hasSize(1);

    JsonNode connection = operator.connection("whoop", USER);

    assertThat(connection.path("status").asString()).isEqualTo("ACTIVE");
    assertThat(connection.path("accountIds").toString()).contains(person.accountId());
    assertThat(connection.toString()).doesNotContainIgnoringCase("refresh");
  }

  @Test
  void deletionsArrive() {
    String id = person.ids("sleep").getFirst();

    assertAccepted(person.deleteSleep(id).deliveries());

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(operator.events("data.deleted"))
                    .extracting(event -> event.path("resourceid").asString())
                    .containsOnly(id));
  }

  @Test
  void fiveCopiesAtOnceGiveOneEvent() {
    cloud.webhooks().misbehave(1, new Mischief.Duplicate(4));

    WhoopChange change = person.newWorkout();

    assertThat(change.deliveries()).hasSize(5);
    assertAccepted(change.deliveries());
    // What comes later is in the log: so is all that came before it.
    WhoopChange later = person.newWorkout();
    assertArrives("workout", later.id());
    assertThat(updates(change.id())).hasSize(1);
  }

  @Test
  void acknowledgedChangeSurvivesAKill() {
    cloud.faults().on("/developer/v2").always(Fault.status(503));
    WhoopChange change = person.newWorkout();
    assertAccepted(change.deliveries());

    host.kill();
    cloud.faults().clear();
    host = served();

    assertArrives("workout", change.id());
    assertThat(updates(change.id())).hasSize(1);
  }

  @Test
  void endedConnectionIsRevokedAtTheVendor() {
    assertThat(operator.delete("/v1/connections/whoop/" + USER)).isEqualTo(204);

    await().atMost(PATIENCE).until(() -> !cloud.oauth().linked(person.accountId()));
    assertThat(cloud.requests().of("DELETE", "/developer/v2/user/access")).hasSize(1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(operator.events("connection.removed")).hasSize(1));
  }

  @Test
  void stopsWellWhenToldAndGoesOnAfterwards() {
    WhoopChange before = person.newWorkout();
    assertArrives("workout", before.id());

    host.terminate();
    assertThat(host.status()).as(host.out()).isZero();
    assertThat(host.err()).isEmpty();
    host = served();
    WhoopChange after = person.newWorkout();

    assertArrives("workout", after.id());
    assertThat(operator.events("data.updated"))
        .extracting(event -> event.path("resourceid").asString())
        .containsExactly(before.id(), after.id());
  }

  @Test
  void noSecretIsInTheLog() {
    assertArrives("workout", person.newWorkout().id());

    assertThat(host.out() + host.err())
        .contains("Ready")
        .doesNotContain(API_KEY)
        .doesNotContain(environment.values())
        .doesNotContain(String.valueOf(cloud.connectorSettings().get("clientSecret")));
  }
}
