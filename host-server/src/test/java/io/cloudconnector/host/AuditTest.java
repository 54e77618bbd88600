package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Who did what to which connection. */
final class AuditTest extends HostTest {
  private List<JsonNode> entries(String query) {
    return api.get("/v1/audit" + query).json().get("entries").valueStream().toList();
  }

  /** Such as {@code key key-1 link.created anna}. */
  private List<String> lines(String query) {
    return entries(query).stream()
        .map(
            entry ->
                "%s %s %s %s"
                    .formatted(
                        entry.get("by").asString(),
                        entry.get("apiKey").asString("-"),
                        entry.get("action").asString(),
                        entry.get("userId").asString("-")))
        .toList();
  }

  @Test
  void theWayOfAConnectionIsWrittenDown() {
    String account = host.link("anna");
    api.post("/v1/links", "{\"vendor\":\"nobody\",\"userId\":\"anna\"}");
    host.clock.advance(Duration.ofHours(2));
    acme.oauth().revoke(account);
    assertThat(api.get(Api.connection("anna") + "/data/run/7").status()).isEqualTo(409);
    host.relink("anna");
    api.delete(Api.connection("anna"));
    api.delete(Api.connection("anna"));

    assertThat(lines("?userId=anna&vendor=acme"))
        .containsExactly(
            "key key-1 link.created anna",
            "person - connection.linked anna",
            "host - connection.reauthorization_required anna",
            "key key-1 link.created anna",
            "person - connection.relinked anna",
            "key key-1 connection.ended anna");
    assertThat(lines("?userId=berta")).isEmpty();
    assertThat(lines("?vendor=other")).isEmpty();
  }

  @Test
  void whatOperatorsDecideIsWrittenDownWithTheirReasons() throws InterruptedException {
    String account = host.link("anna");
    acme.faults().on("/v1/run").always(Fault.status(400));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    String dead = "/v1/dead-letters/" + deadLetter();
    api.post(dead + "/replay");
    deadLetter();
    api.post("/v1/dead-letters/replay", "{\"vendor\":\"acme\",\"why\":\"acme\"}");
    deadLetter();
    api.delete(dead + "?reason=too+old");
    api.delete(dead);
    acme.deliver("not json");
    String kept = api.get("/v1/quarantine").json().at("/quarantine/0/id").asString();
    api.post("/v1/quarantine/" + kept + "/replay");
    api.delete("/v1/quarantine/" + kept);

    assertThat(lines("").stream().skip(2))
        .containsExactly(
            "key key-1 dead_letter.replayed anna",
            "key key-1 dead_letters.replayed -",
            "key key-1 dead_letter.discarded anna",
            "key key-1 quarantine.discarded -");
    assertThat(entries("").get(4).at("/detail/reason").asString()).isEqualTo("too old");
    assertThat(entries("").get(3).at("/detail/why").asString()).isEqualTo("acme");
  }

  private String deadLetter() {
    return Awaitility.await()
        .until(
            () -> api.get("/v1/dead-letters").json().at("/deadLetters/0/id").asString(""),
            id -> !id.isEmpty());
  }

  @Test
  void aListGoesOnFromPageToPage() {
    for (int i = 0; i < 5; i++) {
      host.invite("u" + i);
    }

    JsonNode first = api.get("/v1/audit?limit=3").json();
    assertThat(first.get("entries")).hasSize(3);
    JsonNode second = api.get("/v1/audit?after=" + first.get("next").asString()).json();
    assertThat(second.get("entries")).hasSize(2);
    assertThat(second.at("/entries/1/userId").asString()).isEqualTo("u4");
    JsonNode third = api.get("/v1/audit?after=" + second.get("next").asString()).json();
    assertThat(third.get("next").isNull()).isTrue();
    assertThat(api.get("/v1/audit?after=x").problem()).isEqualTo("bad-request");
  }

  @Test
  void whatIsRefusedLeavesNoEntry() {
    assertThat(api.withKey(RunningHost.READ_ONLY_KEY).delete(Api.connection("anna")).status())
        .isEqualTo(403);
    assertThat(api.delete(Api.connection("anna")).status()).isEqualTo(404);
    assertThat(api.post("/v1/dead-letters/7/replay").status()).isEqualTo(404);

    assertThat(entries("")).isEmpty();
  }

  @Test
  void aDeletedPersonIsInNoEntryButTheOneOfTheDeletion() {
    host.link("anna");
    api.delete("/v1/users/anna");

    assertThat(lines(""))
        .containsExactly(
            "key key-1 link.created -",
            "person - connection.linked -",
            "key key-1 user.deleted anna",
            "key key-1 connection.ended -");
  }

  @Test
  void entriesGoWhenTheyAreOlderThanConfigured() {
    host.invite("anna");
    host.clock.advance(Duration.ofDays(2));
    host.invite("berta");

    restart("\naudit: { keepFor: 1d }");

    Awaitility.await().until(() -> lines("").equals(List.of("key key-1 link.created berta")));
  }
}
