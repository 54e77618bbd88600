package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a vendor's webhook to an event, and what is not let through. */
final class WebhookTest extends HostTest {
  /** With what a reader that re-writes numbers, text or order would spoil. */
  private static final String DOCUMENT =
      "{ \"km\":12.3400000000000000000001,\"b\":1e2, \"a\":\"\\u00e9/\\/\",\"big\":9007199254740993 }";

  /** More than it takes for webhooks of one commit to be stored first and put in line later. */
  private static final int BURST = 20;

  @Test
  void aNoticeBecomesAnEventWithTheVendorsBytes() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);

    assertThat(acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-1")))
        .isEqualTo(200);

    JsonNode event = api.awaitEvents("data.updated", 1).getFirst();
    assertThat(api.get("/v1/events").text()).contains("\"data\":" + DOCUMENT + "}");
    assertThat(event.get("specversion").asString()).isEqualTo("1.0");
    assertThat(event.get("source").asString()).isEqualTo("/connectors/acme");
    assertThat(event.get("vendor").asString()).isEqualTo("acme");
    assertThat(event.get("userid").asString()).isEqualTo("anna");
    assertThat(event.get("resourcetype").asString()).isEqualTo("run");
    assertThat(event.get("resourceid").asString()).isEqualTo("7");
    assertThat(event.get("traceid").asString()).isEqualTo("t-1");
    assertThat(event.get("lane").asString()).isEqualTo("live");
    assertThat(api.get(Api.connection("anna")).json().get("lastPullAt").isNull()).isFalse();
  }

  @Test
  void aSignedDeletionIsAnEventWithoutAFetch() {
    String account = host.link("anna");

    acme.notice(account, "run.deleted", "7");

    JsonNode event = api.awaitEvents("data.deleted", 1).getFirst();
    assertThat(event.at("/data/resourceid").asString()).isEqualTo("7");
    assertThat(acme.requests().of("GET", "/v1/run")).isEmpty();
  }

  @Test
  void aDocumentThatIsGoneWhenFetchedIsADeletion() {
    String account = host.link("anna");

    acme.notice(account, "run.updated", "7");

    assertThat(api.awaitEvents("data.deleted", 1)).hasSize(1);
  }

  @Test
  void fiveCopiesAtOnceAreOneEvent() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.put(account, "run/8", DOCUMENT);
    acme.webhooks().misbehave(1, new Mischief.Duplicate(4));

    var copies = acme.send(AcmeCloud.noticeText(account, "run.updated", "7", "t-1"));
    assertThat(copies).hasSize(5);
    for (var copy : copies) {
      copy.awaitOver(Duration.ofSeconds(30));
      assertThat(copy.statuses()).containsExactly(200);
    }
    assertThat(acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-1")))
        .isEqualTo(200);

    acme.notice(account, "run.updated", "8");
    assertThat(api.awaitEvents("data.updated", 2))
        .extracting(event -> event.get("resourceid").asString())
        .containsExactly("7", "8");
  }

  @Test
  void eventsOfAPersonKeepTheOrderOfTheirNotices() throws InterruptedException {
    String account = host.link("anna");
    // A second fetch beside the first would be answered before it.
    acme.faults().on("/v1/run/1").next(1, new Fault.Slow(Duration.ofSeconds(1)));
    for (int i = 1; i <= 20; i++) {
      acme.put(account, "run/" + i, "{\"i\":" + i + "}");
      acme.deliver(AcmeCloud.noticeText(account, "run.updated", "" + i, "t-" + i));
    }

    assertThat(api.awaitEvents("data.updated", 20))
        .extracting(event -> event.at("/data/i").asInt())
        .isSorted();
  }

  @Test
  void aForgedNoticeIsRefused() throws InterruptedException {
    String account = host.link("anna");
    acme.webhooks().misbehave(1, new Mischief.Forge());

    assertThat(acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"))).isEqualTo(401);
    assertNothingHappened();
  }

  @Test
  void aStaleNoticeIsRefused() throws InterruptedException {
    String account = host.link("anna");
    acme.webhooks().misbehave(1, new Mischief.Stale(Duration.ofHours(3)));

    assertThat(acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"))).isEqualTo(401);
    assertNothingHappened();
  }

  @Test
  void anUnsignedNoticeIsRefused() {
    String account = host.link("anna");
    String notice = AcmeCloud.noticeText(account, "run.updated", "7", "t");

    assertThat(api.withoutKey().post("/webhooks/acme", notice).problem())
        .isEqualTo("unverified-webhook");
    assertNothingHappened();
  }

  private void assertNothingHappened() {
    assertThat(api.events("data.updated")).isEmpty();
    assertThat(api.get("/v1/quarantine").json().get("quarantine")).isEmpty();
    assertThat(api.deadLetters()).isEmpty();
  }

  @Test
  void aNoticeOfOneMebibyteIsTakenAndALargerOneIsNot() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    String notice = AcmeCloud.noticeText(account, "run.updated", "7", "t");

    acme.webhooks().misbehave(1, new Mischief.Oversize(1024 * 1024 + 1));
    assertThat(acme.deliver(notice)).isEqualTo(413);
    acme.webhooks().misbehave(1, new Mischief.Oversize(1024 * 1024));
    assertThat(acme.deliver(notice)).isEqualTo(200);
    api.awaitEvents("data.updated", 1);
  }

  @Test
  void anOversizedNoticeWithoutALengthIsRefusedToo() {
    var body = BodyPublishers.ofByteArrays(List.of(new byte[1024 * 1024], new byte[1]));

    Answer answer = api.withoutKey().send(api.withoutKey().request("/webhooks/acme").POST(body));

    assertThat(answer.problem()).isEqualTo("too-large");
  }

  @Test
  void aGenuineNoticeThatCannotBeReadIsKeptAndReadAfterTheRepair() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    String untraced = "{\"account\":\"" + account + "\",\"type\":\"run.updated\",\"id\":\"7\"}";

    assertThat(acme.deliver(untraced)).isEqualTo(400);

    JsonNode kept = api.get("/v1/quarantine").json().get("quarantine").get(0);
    String id = kept.get("id").asString();
    assertThat(new String(Base64.getDecoder().decode(kept.get("bodyBase64").asString()), UTF_8))
        .isEqualTo(untraced);
    assertThat(api.post("/v1/quarantine/" + id + "/replay").problem())
        .isEqualTo("still-unreadable");

    host.restart("settings: { lenient: true }");
    host.clock.advance(Duration.ofDays(2));
    api = host.api();
    assertThat(api.post("/v1/quarantine/" + id + "/replay").status()).isEqualTo(202);
    assertThat(api.post("/v1/quarantine/" + id + "/replay").status()).isEqualTo(404);
    api.awaitEvents("data.updated", 1);
    assertThat(api.get("/v1/quarantine").json().get("quarantine")).isEmpty();
  }

  @Test
  void anUnreadableItemOfABatchIsKeptAndTheOthersBecomeEvents() throws InterruptedException {
    String account = host.link("anna");
    String batch = batchWithOneUnreadable(account, 1);

    assertThat(acme.deliver(batch)).isEqualTo(200);

    assertThat(api.awaitEvents("data.updated", 2))
        .extracting(event -> event.get("resourceid").asString())
        .containsExactly("1a", "1b");
    JsonNode kept = api.get("/v1/quarantine").json().get("quarantine");
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).get("why").asString()).isEqualTo("/notices/1: no notice");
    assertThat(
            new String(Base64.getDecoder().decode(kept.get(0).get("bodyBase64").asString()), UTF_8))
        .isEqualTo(batch);
  }

  /** Where they are stored first and put in line afterwards. */
  @Test
  void unreadableItemsOfBatchesInABurstAreKeptAndTheOthersBecomeEvents()
      throws InterruptedException {
    String account = host.link("anna");

    host.deliverInOneCommit(
        IntStream.range(0, BURST).mapToObj(i -> batchWithOneUnreadable(account, i)).toList());

    assertThat(api.awaitEvents("data.updated", 2 * BURST))
        .extracting(event -> event.get("resourceid").asString())
        .doesNotHaveDuplicates();
    assertThat(api.get("/v1/quarantine").json().get("quarantine")).hasSize(BURST);
    assertThat(api.withoutKey().get("/metrics").text())
        .contains("connector_events_unreadable_total{vendor=\"acme\"} " + BURST + ".0");
  }

  private String batchWithOneUnreadable(String account, int number) {
    for (String id : List.of(number + "a", number + "b")) {
      acme.put(account, "run/" + id, DOCUMENT);
    }
    return AcmeCloud.batchText(
        AcmeCloud.noticeText(account, "run.updated", number + "a", "t"),
        "{\"nonsense\":1}",
        AcmeCloud.noticeText(account, "run.updated", number + "b", "t"));
  }

  @Test
  void noticesThatAreNoJsonAreKeptUntilDiscarded() throws InterruptedException {
    assertThat(acme.deliver("not json")).isEqualTo(400);
    assertThat(acme.deliver("")).isEqualTo(400);
    JsonNode kept = api.get("/v1/quarantine").json().get("quarantine");
    assertThat(kept).hasSize(2);

    String id = kept.get(0).get("id").asString();
    assertThat(api.delete("/v1/quarantine/" + id).status()).isEqualTo(204);
    assertThat(api.delete("/v1/quarantine/" + id).status()).isEqualTo(404);
    assertThat(api.delete("/v1/quarantine/none").status()).isEqualTo(404);
    assertThat(api.get("/v1/quarantine").json().get("quarantine")).hasSize(1);
  }

  @Test
  void idsThatWouldLeaveTheirPathAreNeverFetched() throws InterruptedException {
    String account = host.link("anna");

    for (String id : List.of("../me", "..", "a/b", "%2e%2e", "a b", "")) {
      assertThat(acme.deliver(AcmeCloud.noticeText(account, "run.updated", id, "t" + id)))
          .as(id)
          .isEqualTo(400);
    }
    assertThat(acme.requests().of("GET", "/v1/run")).isEmpty();
  }

  @Test
  void aVendorWithoutAConnectorIsUnknown() {
    Api anyone = api.withoutKey();

    assertThat(anyone.post("/webhooks/nobody", "{}").problem()).isEqualTo("unknown-connector");
    assertThat(anyone.post("/webhooks/NO-BODY", "{}").problem()).isEqualTo("unknown-connector");
    assertThat(anyone.get("/webhooks/nobody").problem()).isEqualTo("unknown-connector");
  }

  @Test
  void onlyAHandshakeIsAnsweredToGet() {
    Api anyone = api.withoutKey();

    assertThat(anyone.get("/webhooks/acme").problem()).isEqualTo("not-found");
    assertThat(anyone.get("/webhooks/acme?challenge=a%20b").text()).isEqualTo("a b");
    assertThat(anyone.delete("/webhooks/acme").problem()).isEqualTo("method-not-allowed");
  }

  @Test
  void aNoticeOfAnAccountThatNobodyHasLinkedWaitsForTheLink() throws InterruptedException {
    String account = acme.newAccount();
    acme.put(account, "run/7", DOCUMENT);

    assertThat(acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"))).isEqualTo(200);
    assertThat(api.events()).isEmpty();
    host.relink("anna");

    api.awaitEvents("data.updated", 1);
  }

  @Test
  void aNoticeThatNobodyLinksInTimeIsDroppedAndCounted() throws InterruptedException {
    String account = acme.newAccount();
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));

    host.clock.advance(Duration.ofMinutes(61));

    awaitMetric("connector_events_unclaimed_total{vendor=\"acme\"} 1.0");
    host.relink("anna");
    assertThat(api.events("data.updated")).isEmpty();
  }

  @Test
  void aNoticeOfAnAccountThatThePersonLeftMeanwhileIsDroppedAndCounted()
      throws InterruptedException {
    String left = host.link("anna");
    acme.faults().on("/v1/run").always(Fault.status(503));
    acme.notice(left, "run.updated", "7");
    Awaitility.await().until(() -> !acme.requests().of("GET", "/v1/run").isEmpty());

    host.link("anna");
    host.clock.advance(Duration.ofMinutes(5));

    awaitMetric("connector_events_ended_total{vendor=\"acme\"} 1.0");
    assertThat(api.events("data.updated")).isEmpty();
    assertThat(api.deadLetters()).isEmpty();
  }

  private void awaitMetric(String line) {
    Awaitility.await().until(() -> api.withoutKey().get("/metrics").text().contains(line));
  }

  @Test
  void aVendorThatFailsForAWhileCostsNothingButTime() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.faults().on("/v1/run").next(2, Fault.status(503));

    acme.notice(account, "run.updated", "7");

    api.awaitEvents("data.updated", 1);
    assertThat(acme.requests().of("GET", "/v1/run")).hasSize(3);
  }

  @Test
  void whatTheVendorDoesNotHaveYetIsAskedForAgainAfterTheTimeItTold() {
    String account = host.link("anna");
    acme.put(account, "run/late-7", DOCUMENT);
    acme.faults().on("/v1/run").next(1, Fault.answer(SimulatedReply.empty(202)));

    acme.notice(account, "run.updated", "late-7");

    // In small steps: whoever looks for what is due may sleep for a second.
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMillis(100));
              return api.events("data.updated").size() == 1;
            });
    List<Instant> asked =
        acme.requests().of("GET", "/v1/run").stream().map(SimulatedRequest::receivedAt).toList();
    assertThat(asked).hasSize(2);
    assertThat(Duration.between(asked.getFirst(), asked.getLast()))
        .as("seven seconds were told; where none are, it is a minute")
        .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(59));
    assertThat(api.events("data.deleted")).isEmpty();
  }

  @Test
  void aFetchRefusedForGoodIsADeadLetterUntilReplayed() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.faults().on("/v1/run").next(1, Fault.status(400));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-dead"));

    JsonNode letter = Awaitility.await().until(api::deadLetters, all -> all.size() == 1).get(0);

    assertThat(letter.get("vendor").asString()).isEqualTo("acme");
    assertThat(letter.get("userId").asString()).isEqualTo("anna");
    assertThat(letter.get("resourceType").asString()).isEqualTo("run");
    assertThat(letter.get("resourceId").asString()).isEqualTo("7");
    assertThat(letter.get("traceId").asString()).isEqualTo("t-dead");
    assertThat(letter.get("why").asString()).contains("400");
    assertThat(letter.get("attempts").asInt()).isEqualTo(1);
    String path = "/v1/dead-letters/" + letter.get("id").asString();
    assertThat(api.post(path + "/replay").status()).isEqualTo(202);
    api.awaitEvents("data.updated", 1);
    assertThat(api.deadLetters()).isEmpty();
    assertThat(api.post(path + "/replay").status()).isEqualTo(404);
  }

  @Test
  void aDeadLetterCanBeDiscarded() {
    String account = host.link("anna");
    acme.faults().on("/v1/run").always(Fault.status(422));
    acme.notice(account, "run.updated", "7");
    JsonNode letter = Awaitility.await().until(api::deadLetters, all -> all.size() == 1).get(0);
    String path = "/v1/dead-letters/" + letter.get("id").asString();

    assertThat(api.delete(path).status()).isEqualTo(204);

    assertThat(api.deadLetters()).isEmpty();
    assertThat(api.delete(path).status()).isEqualTo(404);
  }

  @Test
  void aRestartLosesNothingThatWasAccepted() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.faults().on("/v1/run").always(Fault.status(503));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));

    host.restart("");
    acme.faults().clear();
    api = host.api();

    api.awaitEvents("data.updated", 1);
  }

  @Test
  void aSignatureOverAnotherTimeDoesNotHold() {
    byte[] body = AcmeCloud.noticeText("a", "run.updated", "7", "t").getBytes(UTF_8);
    Map<String, String> headers = AcmeCloud.sign(body, host.clock.instant());
    var request = api.withoutKey().request("/webhooks/acme").POST(BodyPublishers.ofByteArray(body));
    request.header("X-Acme-Signature", String.valueOf(headers.get("X-Acme-Signature")));
    request.header("X-Acme-Time", "" + (host.clock.instant().toEpochMilli() + 5000));

    assertThat(api.send(request).problem()).isEqualTo("unverified-webhook");
  }
}
