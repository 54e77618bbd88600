package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person's history: on link, on request, and over whatever happens meanwhile. */
final class BackfillTest extends HostTest {
  private String account = "";

  private Instant daysAgo(int days) {
    return host.clock.instant().minus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
  }

  /** With one run on each of some days. */
  private void linkWithRuns(int... days) {
    account = acme.newAccount();
    for (int day : days) {
      acme.ran(account, "r" + day, daysAgo(day), "first");
    }
    host.relink("anna");
  }

  private List<String> runs() {
    return api.events("data.updated").stream()
        .filter(event -> event.get("resourcetype").asString().equals("run"))
        .map(event -> event.get("resourceid").asString())
        .toList();
  }

  private JsonNode completed(String type) {
    return Awaitility.await()
        .until(
            () ->
                api.events("backfill.completed").stream()
                    .filter(event -> event.get("resourcetype").asString().equals(type))
                    .toList(),
            found -> !found.isEmpty())
        .getLast();
  }

  private Answer request(int fromDays, int toDays, String more) {
    return api.post(
        Api.connection("anna") + "/backfills",
        "{\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(daysAgo(fromDays), daysAgo(toDays), more));
  }

  private String started(int fromDays, int toDays) {
    Answer answer = request(fromDays, toDays, ",\"resourceTypes\":[\"run\"]");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().get("id").asString();
  }

  private JsonNode backfill(String id) {
    return api.get(Api.connection("anna") + "/backfills/" + id).json();
  }

  private JsonNode await(String id, String state) {
    return Awaitility.await()
        .alias(state)
        .until(() -> backfill(id), status -> status.get("state").asString().equals(state));
  }

  @Test
  void aFirstLinkBringsTheHistoryNewestFirstAndTellsWhenItIsComplete() {
    restart("backfill: 25d");
    linkWithRuns(1, 2, 3, 12, 13, 22, 24, 26, 40);

    JsonNode runs = completed("run");
    completed("nap");

    assertThat(runs()).containsExactly("r1", "r2", "r3", "r12", "r13", "r22", "r24");
    assertThat(runs.get("lane").asString()).isEqualTo("backfill");
    assertThat(runs.at("/data/documents").asInt()).isEqualTo(7);
    assertThat(runs.at("/data/emitted").asInt()).isEqualTo(7);
    assertThat(runs.at("/data/unchanged").asInt()).isZero();
    assertThat(runs.at("/data/pages").asInt()).as("of ten days each").isEqualTo(4);
    assertThat(api.events("data.updated"))
        .allSatisfy(event -> assertThat(event.get("lane").asString()).isEqualTo("backfill"));
    assertThat(acme.history().asked("badge")).as("is never listed").isEmpty();
    JsonNode all = api.get(Api.connection("anna") + "/backfills").json().get("backfills");
    assertThat(all).hasSize(1);
    assertThat(all.at("/0/reason").asString()).isEqualTo("link");
    assertThat(all.at("/0/state").asString()).isEqualTo("done");
    assertThat(api.events().getLast().get("type").asString()).isEqualTo("backfill.completed");
  }

  @Test
  void aTypeThatThePersonDidNotAllowIsLeftOut() {
    restart("backfill: 5d");
    account = acme.newAccount();
    acme.ran(account, "r1", daysAgo(1), "first");
    Browser browser = host.browser();
    String consent = browser.open(host.invite("anna")).location();
    browser.walk(consent.replaceAll("scope=[^&]*", "scope=read%3Arun"));

    completed("run");

    JsonNode types =
        api.get(Api.connection("anna") + "/backfills").json().at("/backfills/0/resourceTypes");
    assertThat(types).hasSize(1);
    assertThat(acme.history().asked("nap")).isEmpty();
    assertThat(request(5, 0, ",\"resourceTypes\":[\"nap\"]").problem()).isEqualTo("bad-request");
    String span = "?from=" + daysAgo(5) + "&to=" + daysAgo(1);
    assertThat(api.get(Api.connection("anna") + "/data/nap" + span).problem())
        .isEqualTo("relink-required");
  }

  @Test
  void whatTheOperatorHasIsNotGivenAgainAndWhatChangedIs() {
    linkWithRuns(1, 2, 3);
    await(started(5, 0), "done");
    host.clock.advance(Duration.ofMinutes(2));
    acme.ran(account, "r2", daysAgo(2), "second");

    JsonNode again = await(started(5, 0), "done").at("/resourceTypes/0");

    assertThat(runs()).containsExactly("r1", "r2", "r3", "r2");
    assertThat(again.get("documents").asInt()).isEqualTo(3);
    assertThat(again.get("emitted").asInt()).isEqualTo(1);
    assertThat(again.get("unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void whatAWebhookBroughtIsNotGivenAgainAndWhatItToldGoneIsGivenWhenItIsBack()
      throws InterruptedException {
    linkWithRuns(1, 2);
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "r1", "t1"));
    acme.deliver(AcmeCloud.noticeText(account, "run.deleted", "r2", "t2"));
    api.awaitEvents("data.deleted", 1);
    host.clock.advance(Duration.ofMinutes(2));

    await(started(5, 0), "done");

    assertThat(runs()).containsExactly("r1", "r2");
    assertThat(api.events("data.updated").getLast().get("lane").asString()).isEqualTo("backfill");
  }

  @Test
  void whatAWebhookTellsOfWhileAPageIsOnItsWayIsNewerThanThePage() {
    linkWithRuns(1, 2);
    acme.history()
        .meanwhile(
            request -> {
              acme.history().meanwhile(_ -> {});
              acme.ran(account, "r1", daysAgo(1), "newer");
              deliver(AcmeCloud.noticeText(account, "run.updated", "r1", "t"));
            });

    await(started(5, 0), "done");

    api.awaitEvents("data.updated", 2);
    assertThat(runs()).containsExactly("r2", "r1");
    assertThat(api.events("data.updated").getLast().at("/data/note").asString()).isEqualTo("newer");
  }

  private void deliver(String notice) {
    try {
      assertThat(acme.deliver(notice)).isEqualTo(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDocumentThatAWaitingWebhookTellsOfIsLeftToIt() {
    linkWithRuns(1, 2);
    acme.faults().on("/v1/run/r1").next(2, Fault.status(503));
    acme.notice(account, "run.updated", "r1");
    Awaitility.await().until(() -> !acme.requests().of("GET", "/v1/run/r1").isEmpty());

    JsonNode done = await(started(5, 0), "done").at("/resourceTypes/0");

    assertThat(done.get("documents").asInt()).isEqualTo(2);
    Awaitility.await().until(() -> runs().size(), n -> n >= 2);
    assertThat(runs()).containsExactlyInAnyOrder("r1", "r2");
  }

  @Test
  void aHostThatIsStoppedInTheMiddleGoesOnAtTheCursor() {
    linkWithRuns(1, 2, 3, 4, 5, 15);
    acme.faults()
        .on(request -> request.query("cursor").isPresent())
        .always(Fault.tooManyRequests(Duration.ofHours(1)));
    String id = started(20, 0);
    Awaitility.await().until(() -> runs().size(), n -> n == 2);
    assertThat(await(id, "running").at("/resourceTypes/0/documents").asInt()).isEqualTo(2);

    acme.faults().clear();
    restart("");
    host.clock.advance(Duration.ofHours(2));
    await(id, "done");

    assertThat(runs()).containsExactly("r1", "r2", "r3", "r4", "r5", "r15");
    assertThat(cursors().stream().filter("first"::equals)).as("one for each slice").hasSize(2);
  }

  private List<String> cursors() {
    return acme.history().asked("run").stream()
        .map(request -> request.query("cursor").orElse("first"))
        .toList();
  }

  @Test
  void aVendorThatWantsSilenceIsObeyedAndCostsNoAttempt() {
    linkWithRuns(1, 2);
    acme.faults().on("/v1/history/run").next(1, Fault.tooManyRequests(Duration.ofMinutes(30)));
    String id = started(5, 0);
    Awaitility.await()
        .until(() -> backfill(id).at("/resourceTypes/0/why").asString(""), why -> !why.isEmpty());
    assertThat(acme.requests().of("GET", "/v1/history/run")).hasSize(1);

    host.clock.advance(Duration.ofMinutes(31));

    await(id, "done");
    assertThat(runs()).containsExactly("r1", "r2");
  }

  @Test
  void liveWorkGoesFirst() throws InterruptedException {
    restart("rateLimits: [ { maxRequests: 10, timeWindow: 60s } ]");
    linkWithRuns(1, 2, 3, 4, 5, 6, 7, 8, 9);
    acme.ran(account, "r19", daysAgo(19), "live");
    String id = started(60, 0);
    Awaitility.await().until(() -> runs().size(), n -> n >= 2);
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "r19", "t"));

    Awaitility.await().until(() -> runs().contains("r19"));

    assertThat(backfill(id).get("state").asString()).isEqualTo("running");
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofSeconds(30));
              return backfill(id).get("state").asString().equals("done");
            });
    assertThat(runs()).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void aListThatGoesInCirclesEndsAsADeadLetterThatCanBeReplayed() {
    linkWithRuns(1, 2, 3);
    acme.history().alwaysLeadOnBy("p0");
    String id = started(5, 0);

    JsonNode failed = await(id, "failed").at("/resourceTypes/0");

    assertThat(failed.get("why").asString()).contains("goes in circles");
    assertThat(runs()).as("what came before is not lost").containsExactly("r1", "r2");
    acme.history().leadOnAsUsual();
    String letter = "/v1/dead-letters/" + failed.get("deadLetter").asString();
    assertThat(api.post(letter + "/replay").status()).isEqualTo(202);
    await(id, "done");
    assertThat(runs()).containsExactly("r1", "r2", "r3");
    assertThat(completed("run").at("/data/unchanged").asInt()).isEqualTo(2);
  }

  @Test
  void aDocumentOfAnotherTypeIsTheConnectorsFault() {
    linkWithRuns(1);
    acme.history().put(account, "run", "x", daysAgo(2), "{\"id\":\"x\",\"type\":\"nap\"}");

    JsonNode failed = await(started(5, 0), "failed").at("/resourceTypes/0");

    assertThat(failed.get("why").asString()).contains("a page of run has a document of nap");
    assertThat(runs()).isEmpty();
  }

  @Test
  void aVendorThatSendsGarbageIsAskedAgain() {
    linkWithRuns(1, 2);
    acme.faults().on("/v1/history/run").next(1, new Fault.CutBody());
    acme.faults().on("/v1/history/run").next(1, Fault.status(500));

    await(started(5, 0), "done");

    assertThat(runs()).containsExactly("r1", "r2");
  }

  @Test
  void aRelinkToTheSameAccountGoesOnAndToAnotherBeginsAnew() {
    restart("backfill: 5d");
    linkWithRuns(1, 2);
    completed("run");
    host.relink("anna");
    assertThat(api.get(Api.connection("anna") + "/backfills").json().get("backfills")).hasSize(1);

    linkWithRuns(1, 2);

    assertThat(api.get(Api.connection("anna") + "/backfills").json().get("backfills")).hasSize(2);
    Awaitility.await().until(() -> runs().size(), n -> n == 4);
    assertThat(runs())
        .as("the same bytes, of another account")
        .containsExactly("r1", "r2", "r1", "r2");
  }

  @Test
  void anEndedConnectionEndsItsBackfill() {
    linkWithRuns(1, 2, 3);
    acme.faults().on("/v1/history").always(Fault.tooManyRequests(Duration.ofHours(1)));
    String id = started(5, 0);
    Awaitility.await().until(() -> !acme.requests().of("GET", "/v1/history").isEmpty());

    assertThat(api.delete(Api.connection("anna")).status()).isEqualTo(204);

    await(id, "ended");
    assertThat(request(5, 0, "").problem()).isEqualTo("relink-required");
  }

  @Test
  void aRequestIsCheckedAndTheSameIsNotBegunTwice() {
    linkWithRuns(1);
    acme.faults().on("/v1/history").always(Fault.tooManyRequests(Duration.ofHours(1)));
    String path = Api.connection("anna") + "/backfills";
    for (String body :
        List.of(
            "[]",
            "{}",
            "{\"from\":\"2026-01-01\",\"to\":\"2026-01-02\"}",
            "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
            "{\"from\":\"2126-01-02T00:00:00Z\",\"to\":\"2127-01-01T00:00:00Z\"}",
            "{\"from\":\"-999999999-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"x\":1}",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"resourceTypes\":[\"badge\"]}",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"resourceTypes\":[]}",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"resourceTypes\":[1]}",
            "{\"from\":\"2000-01-01T00:00:00Z\",\"to\":\"2000-01-02T00:00:00Z\",\"resourceTypes\":[\"run\"]}")) {
      assertThat(api.post(path, body).problem()).as(body).isEqualTo("bad-request");
    }
    assertThat(api.post(Api.connection("bert") + "/backfills", "{}").problem())
        .isEqualTo("unknown-connection");
    assertThat(api.get(path + "/none").problem()).isEqualTo("not-found");

    String body =
        "{\"from\":\"%s\",\"to\":\"%s\",\"resourceTypes\":[\"run\"]}"
            .formatted(daysAgo(5), daysAgo(1));
    String first = api.post(path, body).json().get("id").asString();
    assertThat(api.post(path, body).json().get("id").asString()).isEqualTo(first);
    String upToNow =
        "{\"from\":\"%s\",\"to\":\"2100-01-01T00:00:00Z\",\"resourceTypes\":[\"run\"]}"
            .formatted(daysAgo(5));
    String open = api.post(path, upToNow).json().get("id").asString();
    host.clock.advance(Duration.ofSeconds(30));
    assertThat(api.post(path, upToNow).json().get("id").asString())
        .isEqualTo(open)
        .isNotEqualTo(first);
    assertThat(started(5, 0)).isNotEqualTo(first);
    assertThat(api.get("/v1/audit?userId=anna").json().get("entries").toString())
        .contains("backfill.started", first);
  }

  @Test
  void aPageOfHistoryIsGivenOnRequestSliceBySlice() {
    linkWithRuns(1, 2, 3, 15);
    String path =
        Api.connection("anna") + "/data/run?from=%s&to=%s".formatted(daysAgo(20), daysAgo(0));

    JsonNode first = api.get(path).json();
    JsonNode second = api.get(path + "&cursor=" + first.get("next").asString()).json();
    JsonNode third = api.get(path + "&cursor=" + second.get("next").asString()).json();

    assertThat(first.at("/records/0/id").asString()).isEqualTo("r1");
    assertThat(first.get("records")).hasSize(2);
    assertThat(second.at("/records/0/id").asString()).isEqualTo("r3");
    assertThat(third.at("/records/0/id").asString()).isEqualTo("r15");
    assertThat(third.get("next").isNull()).isTrue();
    assertThat(api.events("data.updated")).isEmpty();
    for (String bad : List.of("!", "MQ", first.get("next").asString() + "x")) {
      assertThat(api.get(path + "&cursor=" + bad).status()).as(bad).isIn(400, 502);
    }
    assertThat(api.get(Api.connection("anna") + "/data/badge?from=x").problem())
        .isEqualTo("no-history");
    acme.history().alwaysLeadOnBy("p0");
    assertThat(api.get(path + "&cursor=" + first.get("next").asString()).status()).isIn(200, 502);
    acme.faults().on("/v1/history").always(Fault.tooManyRequests(Duration.ofSeconds(60)));
    assertThat(api.get(path).problem()).isEqualTo("rate-limited");
  }

  @Test
  void aDeletedPersonsHistoryIsGoneAndAnExportHasIt() {
    linkWithRuns(1, 2);
    await(started(5, 0), "done");
    JsonNode export = api.get("/v1/users/anna/export").json();
    assertThat(export.at("/backfills/0/state").asString()).isEqualTo("done");
    assertThat(export.get("documents").valueStream().map(one -> one.get("subject").asString()))
        .containsExactly("run/r1", "run/r2");
    acme.faults().on("/v1/history").always(Fault.tooManyRequests(Duration.ofHours(1)));
    started(6, 0);

    assertThat(api.delete("/v1/users/anna").status()).isEqualTo(204);

    assertThat(Held.places(host.databaseUrl, "anna"))
        .isSubsetOf(
            List.of(
                "audit.user_id",
                "event_log.subject",
                "event_log.user_id",
                "limit_use.scope",
                "limit_hold.scope",
                "limit_stop.scope",
                "revocation.user_id"));
    assertThat(Held.places(host.databaseUrl, "run/r1")).isEmpty();
  }
}
