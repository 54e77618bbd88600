package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an operator does with dead letters and with what is in quarantine. */
@Isolated("it reads the log, which all share")
final class FaultsTest extends HostTest {
  private static final String[] BAD_WISHES = {
    "",
    "[]",
    "{}",
    "{\"resourceType\":\"run\"}",
    "{\"vendor\":7}",
    "{\"vendor\":\"No Vendor\"}",
    "{\"vendor\":\"acme\",\"why\":\"\"}",
    "{\"vendor\":\"acme\",\"nonsense\":\"x\"}",
    "{\"all\":false}",
    "{\"all\":\"true\"}",
    "{\"all\":true,\"vendor\":\"acme\"}"
  };

  @Test
  void badWishesAreRefusedAndReplayNothing() throws InterruptedException {
    bury("anna", "7");
    acme.deliver("not json");
    acme.faults().clear();
    for (String wish : BAD_WISHES) {
      assertThat(api.post("/v1/dead-letters/replay", wish).problem()).as(wish).isNotEmpty();
      assertThat(api.post("/v1/quarantine/replay", wish).problem()).as(wish).isNotEmpty();
    }
    for (String query :
        new String[] {"after=x", "limit=0", "limit=1001", "vendor=NO", "why=", "why=%00"}) {
      assertThat(api.get("/v1/dead-letters?" + query).problem()).as(query).isEqualTo("bad-request");
      assertThat(api.get("/v1/quarantine?" + query).problem()).as(query).isEqualTo("bad-request");
    }
    assertThat(api.get("/v1/dead-letters?userId=").problem()).isEqualTo("bad-request");
    assertThat(api.get("/v1/dead-letters?resourceType=%00").problem()).isEqualTo("bad-request");
    for (String none : new String[] {"/0", "/none", "/replay", "/9223372036854775808"}) {
      assertThat(api.get("/v1/dead-letters" + none).problem()).as(none).isEqualTo("not-found");
      assertThat(api.get("/v1/quarantine" + none).problem()).as(none).isEqualTo("not-found");
    }
    assertThat(letters("")).hasSize(1);
    assertThat(kept("")).hasSize(1);
  }

  @Test
  void aReadOnlyKeyLooksButDoesNotReplay() throws InterruptedException {
    String id = bury("anna", "7");
    Api dashboard = api.withKey(RunningHost.READ_ONLY_KEY);

    ObjectNode looked = (ObjectNode) dashboard.get("/v1/dead-letters/" + id).json();
    byte[] body = Base64.getDecoder().decode(looked.remove("bodyBase64").asString());
    assertThat(new String(body, UTF_8)).contains("\"trace\":\"t-7\"");
    assertThat(looked).isEqualTo(letters("").getFirst());
    for (String address : new String[] {"/v1/dead-letters/replay", "/v1/quarantine/replay"}) {
      assertThat(dashboard.post(address, "{\"all\":true}").problem()).isEqualTo("read-only-key");
    }
  }

  @Test
  void deadLettersAreListedPageByPageAndByKind() throws InterruptedException {
    String first = bury("anna", "7");
    String second = bury("bert", "8");

    assertThat(letters("?limit=1")).extracting(FaultsTest::id).containsExactly(first);
    JsonNode rest = api.get("/v1/dead-letters?after=" + first).json();
    assertThat(rest.at("/deadLetters/0/id").asString()).isEqualTo(second);
    assertThat(rest.get("next").asString()).isEqualTo(second);
    assertThat(api.get("/v1/dead-letters?after=" + second).json().get("next").isNull()).isTrue();
    assertThat(letters("?userId=bert")).extracting(FaultsTest::id).containsExactly(second);
    assertThat(letters("?vendor=acme&resourceType=run&why=acme%20answered%20400")).hasSize(2);
    assertThat(letters("?why=answered")).isEmpty();
    assertThat(letters("?why=acme%25")).isEmpty();
    assertThat(letters("?vendor=other")).isEmpty();
    assertThat(letters("?resourceType=walk")).isEmpty();
  }

  @Test
  void allDeadLettersOfAKindAreTriedAgainAndTheOthersStay() throws InterruptedException {
    bury("anna", "7");
    String other = bury("bert", "8");
    acme.faults().clear();

    String kind = "{\"vendor\":\"acme\",\"resourceType\":\"run\",\"userId\":\"anna\"}";
    assertThat(replayed("/v1/dead-letters/replay", kind)).isEqualTo(1);

    api.awaitEvents("data.updated", 1);
    assertThat(letters("")).extracting(FaultsTest::id).containsExactly(other);
    assertThat(replayed("/v1/dead-letters/replay", "{\"vendor\":\"other\"}")).isZero();
    assertThat(replayed("/v1/dead-letters/replay", "{\"all\":true}")).isEqualTo(1);
    api.awaitEvents("data.updated", 2);
  }

  @Test
  void aDiscardSaysInTheLogWhoDidItAndWhy() throws InterruptedException {
    String id = bury("anna", "7");
    acme.deliver("not json");
    String kept = id(kept("").getFirst());
    for (String reason : new String[] {"two%0Alines", "x".repeat(501)}) {
      assertThat(api.delete("/v1/dead-letters/" + id + "?reason=" + reason).problem())
          .isEqualTo("bad-request");
      assertThat(api.delete("/v1/quarantine/" + kept + "?reason=" + reason).problem())
          .isEqualTo("bad-request");
    }

    try (CapturedLog log = new CapturedLog()) {
      assertThat(api.delete("/v1/dead-letters/" + id + "?reason=ann%20left").status())
          .isEqualTo(204);
      assertThat(api.delete("/v1/quarantine/" + kept).status()).isEqualTo(204);
      assertThat(String.join("\n", log.lines()))
          .contains("Dead letter " + id + " is discarded by key-1 (ann left)")
          .contains("Quarantined request " + kept + " is discarded by key-1 (no reason given)");
    }
  }

  @Test
  void allQuarantinedOfAKindAreReadAgainAfterTheRepair() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    acme.deliver("{\"account\":\"" + account + "\",\"type\":\"run.updated\",\"id\":\"7\"}");
    acme.deliver("not json");
    assertThat(kept("?vendor=other")).isEmpty();
    assertThat(kept("?vendor=acme&limit=1")).hasSize(1);
    String first = id(kept("").getFirst());
    assertThat(api.get("/v1/quarantine/" + first).json()).isEqualTo(kept("").getFirst());

    restart("settings: { lenient: true }");
    Answer answer = api.post("/v1/quarantine/replay", "{\"vendor\":\"acme\"}");

    assertThat(answer.json().get("replayed").asInt()).isEqualTo(1);
    assertThat(answer.json().get("left").asInt()).isEqualTo(1);
    api.awaitEvents("data.updated", 1);
    assertThat(kept("")).hasSize(1);
  }

  /** A user whose fetch of one run is refused for good; returns the dead letter's id. */
  private String bury(String user, String run) throws InterruptedException {
    String account = host.link(user);
    acme.put(account, "run/" + run, "{}");
    acme.faults().on("/v1/run").always(Fault.status(400));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", run, "t-" + run));
    return id(
        Awaitility.await()
            .until(() -> letters("?userId=" + user), all -> all.size() == 1)
            .getFirst());
  }

  private int replayed(String address, String kind) {
    Answer answer = api.post(address, kind);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().get("replayed").asInt();
  }

  private List<JsonNode> letters(String query) {
    return api.get("/v1/dead-letters" + query).json().get("deadLetters").valueStream().toList();
  }

  private List<JsonNode> kept(String query) {
    return api.get("/v1/quarantine" + query).json().get("quarantine").valueStream().toList();
  }

  private static String id(JsonNode one) {
    return one.get("id").asString();
  }
}
