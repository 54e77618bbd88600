package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What webhooks missed is found, delivered, and shown. */
final class ReconciliationTest extends HostTest {
  private String account = "";

  @BeforeEach
  void linked() {
    restart("reconcile: 6h");
    account = host.link("anna");
  }

  private Instant hoursAgo(int hours) {
    return host.clock.instant().minus(hours, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
  }

  /** Puts the clock on and waits until all types were looked through up to about then. */
  private void reconcile() {
    host.clock.advance(Duration.ofHours(7));
    Instant since = host.clock.instant().minusSeconds(60);
    Awaitility.await().until(() -> reachedAll(since));
  }

  private boolean reachedAll(Instant since) {
    return Stream.of("run", "nap")
        .map(type -> coverage(type).get("reconciledUpTo"))
        .allMatch(upTo -> !upTo.isNull() && Instant.parse(upTo.asString()).isAfter(since));
  }

  private JsonNode coverage(String type) {
    return api.get(Api.connection("anna"))
        .json()
        .get("coverage")
        .valueStream()
        .filter(one -> one.get("resourceType").asString().equals(type))
        .findFirst()
        .orElseThrow();
  }

  private List<String> given() {
    return api.events("data.updated").stream()
        .map(event -> event.get("lane").asString() + " " + event.get("subject").asString())
        .toList();
  }

  private int lists() {
    return acme.history().asked("run").size();
  }

  @Test
  void aLostWebhookIsFoundAndCounted() throws InterruptedException {
    acme.ran(account, "r1", hoursAgo(0), "told");
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "r1", "t1"));
    api.awaitEvents("data.updated", 1);
    acme.ran(account, "r2", hoursAgo(0), "lost");
    acme.history().put(account, "nap", "n1", hoursAgo(0), AcmeRecords.json("n1", "never told"));

    reconcile();

    assertThat(given())
        .containsExactlyInAnyOrder("live run/r1", "reconcile run/r2", "reconcile nap/n1");
    JsonNode run = coverage("run");
    assertThat(run.get("missedByWebhooks").asInt()).isEqualTo(1);
    assertThat(run.get("lastByWebhookAt").isNull()).isFalse();
    assertThat(run.get("lastByReconciliationAt").isNull()).isFalse();
    JsonNode nap = coverage("nap");
    assertThat(nap.get("missedByWebhooks").asInt()).as("no webhook tells of naps").isZero();
    assertThat(nap.get("lastByWebhookAt").isNull()).isTrue();
    assertThat(nap.get("lastByReconciliationAt").isNull()).isFalse();
    assertThat(coverage("badge").get("reconciledUpTo").isNull()).isTrue();
    assertThat(api.withoutKey().get("/metrics").text())
        .contains("connector_webhooks_missed_total{resource_type=\"run\",vendor=\"acme\"} 1.0")
        .contains("connector_webhooks_missed_total{resource_type=\"nap\",vendor=\"acme\"} 0.0");
  }

  @Test
  void whatWasFoundIsNotGivenAgainAndWhatIsSyncedLateIsFound() {
    acme.ran(account, "r1", hoursAgo(0), "lost");
    reconcile();
    acme.ran(account, "r2", hoursAgo(7), "synced late");

    reconcile();
    reconcile();

    assertThat(given()).containsExactly("reconcile run/r1", "reconcile run/r2");
    assertThat(coverage("run").get("missedByWebhooks").asInt()).isEqualTo(2);
    assertThat(api.events("backfill.completed")).isEmpty();
    assertThat(api.get(Api.connection("anna") + "/backfills").json().get("backfills")).isEmpty();
  }

  @Test
  void whatLiesBeforeTheHistoryThatIsWantedIsNotBroughtInByTheBackDoor() {
    acme.ran(account, "r1", hoursAgo(20), "before the link");

    reconcile();

    assertThat(given()).isEmpty();
  }

  @Test
  void aVendorThatWasDownForLongIsLookedThroughFromWhereItWasLeft() {
    acme.faults().on("/v1/history").always(Fault.status(400));
    acme.ran(account, "r1", hoursAgo(0), "lost");
    host.clock.advance(Duration.ofHours(7));
    Awaitility.await().until(() -> api.deadLetters().size(), n -> n == 2);
    Instant first =
        Instant.parse(
            acme.requests().of("GET", "/v1/history/run").getFirst().query("from").orElseThrow());
    host.clock.advance(Duration.ofDays(4));
    Awaitility.await()
        .until(() -> acme.requests().of("GET", "/v1/history/run").size(), n -> n == 2);
    Awaitility.await().until(() -> api.deadLetters().size(), n -> n == 2);

    acme.faults().clear();
    reconcile();

    assertThat(given()).containsExactly("reconcile run/r1");
    assertThat(api.deadLetters()).as("have made way").isEmpty();
    assertThat(acme.requests().of("GET", "/v1/history/run").getLast().query("from"))
        .contains(first.toString());
  }

  @Test
  void onlyActiveConnectionsAreLookedThrough() {
    api.delete(Api.connection("anna"));
    host.clock.advance(Duration.ofHours(14));
    host.link("bert");
    host.clock.advance(Duration.ofHours(7));

    Awaitility.await().until(this::lists, n -> n == 1);
    assertThat(api.deadLetters()).isEmpty();
  }

  @Test
  void whoWasLinkedBeforeItWasWantedIsLookedThroughToo() {
    restart("reconcile: 0s");
    acme.ran(account, "r1", hoursAgo(0), "lost");
    host.clock.advance(Duration.ofHours(30));
    host.link("bert");
    assertThat(lists()).isZero();

    restart("reconcile: 6h");
    host.clock.advance(Duration.ofHours(7));

    Awaitility.await().until(() -> given().contains("reconcile run/r1"));
  }

  @Test
  void ofTwoHostsOneLooks() {
    assumeTrue(kind == TestDatabase.POSTGRESQL, "SQLite has one host");
    acme.ran(account, "r1", hoursAgo(0), "lost");
    try (Host other = host.another("reconcile: 6h")) {
      assertThat(other.port()).isPositive();
      reconcile();
      reconcile();
    }

    assertThat(lists()).isEqualTo(2);
    assertThat(given()).containsExactly("reconcile run/r1");
  }
}
