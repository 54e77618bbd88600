package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of accepted changes when their vendor, or the clock, has a bad day. */
final class BadDaysTest extends HostTest {
  private static final String DOCUMENT = "{\"steps\":1}";

  private int calls(String path) {
    return acme.requests().of("GET", path).size();
  }

  private void awaitCalls(String path, int atLeast) {
    Awaitility.await().until(() -> calls(path) >= atLeast);
  }

  private String linked(String user, String... documents) {
    String account = host.link(user);
    for (String document : documents) {
      acme.put(account, document, DOCUMENT);
    }
    return account;
  }

  private void accepted(String account, String type, String id, String trace)
      throws InterruptedException {
    assertThat(acme.deliver(AcmeCloud.noticeText(account, type, id, trace))).isEqualTo(200);
  }

  /** Of one run, for all of these at once: few enough for a host that is busy. */
  private void accepted(List<String> accounts, String run) throws InterruptedException {
    List<Delivery> sent =
        accounts.stream().map(account -> acme.notice(account, "run.updated", run)).toList();
    for (Delivery delivery : sent) {
      delivery.awaitOver(Duration.ofSeconds(20));
      assertThat(delivery.acknowledged()).isTrue();
    }
  }

  private List<String> logged(String user) {
    List<String> ids = new ArrayList<>();
    for (JsonNode event : api.events()) {
      if (event.get("userid").asString().equals(user) && event.has("resourceid")) {
        ids.add(event.get("resourceid").asString());
      }
    }
    return ids;
  }

  /** Invariant 4. */
  @Test
  void aPoisonedEventHoldsUpItsOwnConnectionForAMinuteAndNobodyElse() throws InterruptedException {
    String anna = linked("anna", "run/poison", "run/2", "run/3");
    String bert = linked("bert", "run/4");
    acme.faults().on("/v1/run/poison").always(Fault.status(500));
    accepted(anna, "run.updated", "poison", "t1");
    accepted(anna, "run.updated", "2", "t2");
    accepted(anna, "run.updated", "3", "t3");
    accepted(bert, "run.updated", "4", "t4");

    Awaitility.await().until(() -> logged("bert"), List.of("4")::equals);
    awaitCalls("/v1/run/poison", 2);
    assertThat(logged("anna")).isEmpty();
    host.clock.advance(Duration.ofSeconds(61));
    Awaitility.await().until(() -> logged("anna"), List.of("2", "3")::equals);

    acme.faults().clear();
    host.clock.advance(Duration.ofMinutes(20));
    Awaitility.await().until(() -> logged("anna"), List.of("2", "3", "poison")::equals);
  }

  @Test
  void aVendorThatHangsForManyPeopleKeepsNobodyElseWaiting() throws InterruptedException {
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      accounts.add(linked("slow" + i, "run/slow"));
    }
    String quick = linked("anna", "run/1");
    // The links have used up calls.
    host.clock.advance(Duration.ofMinutes(2));
    acme.faults().on("/v1/run/slow").always(new Fault.Slow(Duration.ofSeconds(25)));
    for (int from = 0; from < accounts.size(); from += 30) {
      accepted(accounts.subList(from, from + 30), "slow");
    }
    awaitCalls("/v1/run/slow", accounts.size());

    acme.notice(quick, "run.updated", "1");

    api.awaitEvents("data.updated", 1);
    assertThat(logged("anna")).containsExactly("1");
    assertThat(api.events("data.updated")).hasSize(1);
    assertThat(api.withoutKey().get("/metrics").text()).doesNotContain("outcome=\"failed\"");
  }

  /** Invariant 7. */
  @Test
  void aBurstGoesOnAtTheVendorsPaceAndCostsNoAttempt() throws InterruptedException {
    restart("rateLimits: [ { maxRequests: 100, timeWindow: 60s } ]\ninbox: { retryAttempts: 1 }");
    List<String> accounts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      accounts.add(host.link("user" + i));
    }
    for (int run = 0; run < 25; run++) {
      for (String account : accounts) {
        acme.put(account, "run/" + run, DOCUMENT);
      }
      accepted(accounts, Integer.toString(run));
    }

    // Each link took two calls of the first minute.
    for (int runs : List.of(80, 180, 250)) {
      Awaitility.await().until(() -> api.events("data.updated").size(), size -> size == runs);
      host.clock.advance(Duration.ofSeconds(61));
    }

    assertThat(acme.requests().of("GET", "/v1/run/")).hasSize(250);
    assertThat(api.deadLetters()).isEmpty();
  }

  /** Invariant 3. */
  @Test
  void changesThatWaitForTheSameDocumentShareOneFetchAndOneEvent() throws InterruptedException {
    String anna = linked("anna", "run/1", "run/2");
    acme.faults().on("/v1/run/1").always(Fault.status(503));
    accepted(anna, "run.updated", "1", "t1");
    awaitCalls("/v1/run/1", 1);
    for (int i = 2; i <= 5; i++) {
      accepted(anna, "run.updated", "1", "t" + i);
    }
    accepted(anna, "run.updated", "2", "other");

    acme.faults().clear();
    host.clock.advance(Duration.ofSeconds(30));

    List<JsonNode> events = api.awaitEvents("data.updated", 2);
    assertThat(events).extracting(e -> e.get("traceid").asString()).containsExactly("t5", "other");
    assertThat(api.withoutKey().get("/metrics").text())
        .contains("connector_events_merged_total{vendor=\"acme\"} 4.0");
  }

  /** Invariant 3. */
  @Test
  void noChangeIsMergedAcrossADeletion() throws InterruptedException {
    String anna = linked("anna", "run/0", "run/1");
    acme.faults().on("/v1/run/0").always(Fault.status(503));
    accepted(anna, "run.updated", "0", "t0");
    awaitCalls("/v1/run/0", 1);
    accepted(anna, "run.updated", "1", "t1");
    accepted(anna, "run.deleted", "1", "t2");
    accepted(anna, "run.updated", "1", "t3");

    acme.faults().clear();
    host.clock.advance(Duration.ofSeconds(30));

    Awaitility.await().until(() -> logged("anna").size() == 4);
    assertThat(api.events())
        .filteredOn(event -> event.has("traceid"))
        .extracting(event -> event.get("type").asString() + " " + event.get("traceid").asString())
        .containsExactly(
            "data.updated t0", "data.updated t1", "data.deleted t2", "data.updated t3");
  }

  @Test
  void aVendorThatIsDownForADayLosesNothing() throws InterruptedException {
    String anna = linked("anna", "run/1", "run/2", "run/3");
    acme.faults().on("/v1/run").always(Fault.status(503));
    for (String id : List.of("1", "2", "3")) {
      accepted(anna, "run.updated", id, "t" + id);
    }
    // In few steps: after twenty failures the vendor would be left alone for half a real minute.
    for (int step = 0; step < 3; step++) {
      int before = calls("/v1/run");
      host.clock.advance(Duration.ofHours(9));
      awaitCalls("/v1/run", before + 1);
    }

    acme.faults().clear();
    host.clock.advance(Duration.ofMinutes(20));

    api.awaitEvents("data.updated", 3);
    assertThat(api.deadLetters()).isEmpty();
  }

  @Test
  void aFetchThatNeverSucceedsEndsAsADeadLetterAndComesByReplay() throws InterruptedException {
    String anna = linked("anna", "run/1");
    restart("\ninbox: { retryAttempts: 3 }");
    acme.faults().on("/v1/run/1").always(Fault.status(500));
    accepted(anna, "run.updated", "1", "t1");

    JsonNode letter = awaitDeadLetter(Duration.ofSeconds(1));

    assertThat(letter.get("why").asString()).startsWith("given up: acme answered 500");
    assertThat(letter.get("attempts").asInt()).isEqualTo(3);
    assertThat(letter.get("traceId").asString()).isEqualTo("t1");
    assertThat(calls("/v1/run/1")).isEqualTo(3);
    acme.faults().clear();
    replay(letter);
    api.awaitEvents("data.updated", 1);
    assertThat(api.deadLetters()).isEmpty();
  }

  /** The breaker goes by the machine's time: its half minute is a real one. */
  @Test
  void whatWaitsForAVendorThatIsLeftAloneLosesNoAttemptAndComesOnceItIsBack()
      throws InterruptedException {
    // The clock leaps: a token that ends would have its refresh held up, and not the fetch.
    acme.oauth().accessTokenLife(Duration.ofDays(1_000));
    String anna = linked("anna", "run/1", "run/2");
    // One that is spent is one too many.
    restart("\ninbox: { retryAttempts: 1 }");
    acme.faults().on("/v1/nap").always(Fault.status(500));
    Awaitility.await()
        .until(
            () -> api.get(Api.connection("anna") + "/data/nap").problem(),
            "vendor-unavailable"::equals);
    acme.faults().clear();
    accepted(anna, "run.updated", "1", "t1");
    accepted(anna, "run.updated", "2", "t2");

    double rejected = metric("connector_vendor_calls_rejected_total{vendor=\"acme\"}");
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMinutes(1));
              return metric("connector_vendor_calls_rejected_total{vendor=\"acme\"}")
                  >= rejected + 3;
            });

    assertThat(calls("/v1/run")).isZero();
    assertThat(metric("connector_inbox_waiting")).isEqualTo(2);
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMinutes(1));
              return logged("anna");
            },
            List.of("1", "2")::equals);
    assertThat(api.deadLetters()).isEmpty();
  }

  private double metric(String name) {
    return api.withoutKey()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** Lets time pass in steps until something is given up. */
  private JsonNode awaitDeadLetter(Duration step) {
    return Awaitility.await()
        .until(
            () -> {
              host.clock.advance(step);
              return api.deadLetters();
            },
            letters -> letters.size() == 1)
        .get(0);
  }

  private void replay(JsonNode letter) {
    String path = "/v1/dead-letters/" + letter.get("id").asString() + "/replay";
    assertThat(api.post(path).status()).isEqualTo(202);
  }

  /** Invariant 7. */
  @Test
  void aVendorThatWantsHoursOfSilenceGetsThemOverARestartToo() throws InterruptedException {
    // The clock leaps by hours: a token that ends during its call would cost another call.
    acme.oauth().accessTokenLife(Duration.ofDays(1_000));
    String anna = linked("anna", "run/1", "run/2");
    acme.faults().on("/v1/run").next(1, Fault.tooManyRequests(Duration.ofHours(5)));
    accepted(anna, "run.updated", "1", "t1");
    awaitCalls("/v1/run", 1);
    Awaitility.await().until(this::isSilenced);
    host.clock.advance(Duration.ofHours(4));
    restart("");
    accepted(anna, "run.updated", "2", "t2");
    Answer asked = api.get(Api.connection("anna") + "/data/run/2");

    assertThat(asked.problem()).isEqualTo("rate-limited");
    assertThat(calls("/v1/run")).isOne();
    host.clock.advance(Duration.ofMinutes(61));
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofSeconds(1));
              return api.events("data.updated").size() == 2;
            });
    assertThat(calls("/v1/run")).isEqualTo(3);
  }

  private boolean isSilenced() {
    JsonNode limits = api.get(Api.connection("anna") + "/rate-limit").json();
    return limits.at("/windows/0/remaining").asInt() == 0;
  }

  @Test
  void aClockThatJumpsBackLeavesNothingWaitingForIt() throws InterruptedException {
    String anna = linked("anna", "run/1", "run/2");
    acme.faults().on("/v1/run/1").always(Fault.status(503));
    host.clock.advance(Duration.ofHours(5));
    accepted(anna, "run.updated", "1", "t1");
    awaitCalls("/v1/run/1", 1);
    accepted(anna, "run.updated", "2", "t2");

    host.clock.advance(Duration.ofHours(-5));
    acme.faults().clear();

    api.awaitEvents("data.updated", 2);
  }

  @Test
  void aClockThatIsPutBackWhileTheHostIsStoppedLeavesNothingWaitingForItEither()
      throws InterruptedException {
    // Else the token would have to be renewed first.
    acme.oauth().accessTokenLife(Duration.ofDays(1_000));
    String anna = linked("anna", "run/1");
    acme.faults().on("/v1/run/1").always(Fault.status(503));
    host.clock.advance(Duration.ofDays(1));
    accepted(anna, "run.updated", "1", "t1");
    awaitCalls("/v1/run/1", 1);

    host.restart("", () -> host.clock.advance(Duration.ofDays(-1)));
    api = host.api();
    acme.faults().clear();

    api.awaitEvents("data.updated", 1);
  }

  @Test
  void aClockThatJumpsAheadByDaysAndIsPutRightLosesNothing() throws InterruptedException {
    // A token that ends during its call would cost another call.
    acme.oauth().accessTokenLife(Duration.ofDays(1_000));
    String anna = linked("anna", "run/1", "run/2");
    acme.faults().on("/v1/run/1").next(1, Fault.tooManyRequests(Duration.ofHours(5)));
    accepted(anna, "run.updated", "1", "t1");
    Awaitility.await().until(this::isSilenced);

    // More than once: the answer may be looked at after the first time.
    AtomicInteger days = new AtomicInteger();
    Awaitility.await()
        .until(
            () -> {
              days.incrementAndGet();
              host.clock.advance(Duration.ofDays(1));
              return logged("anna");
            },
            List.of("1")::equals);
    host.clock.advance(Duration.ofDays(-days.get()));
    accepted(anna, "run.updated", "2", "t2");

    assertThat(api.get(Api.connection("anna") + "/data/run/2").problem())
        .as("the five hours were the vendor's, and are not over")
        .isEqualTo("rate-limited");
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMinutes(61));
              return logged("anna");
            },
            List.of("1", "2")::equals);
    assertThat(api.deadLetters()).isEmpty();
  }

  /** As the operator is told of a clock that runs ahead: it is believed. */
  @Test
  void aClockThatJumpsAheadMakesDeadLettersEarlyAndLosesNothing() throws InterruptedException {
    String anna = linked("anna", "run/1", "run/2");
    restart("\ninbox: { retryFor: 12h }");
    acme.faults().on("/v1/run/1").always(Fault.status(500));
    accepted(anna, "run.updated", "1", "t1");
    // The second begins when the first is written down, with its time.
    awaitCalls("/v1/run/1", 2);
    accepted(anna, "run.updated", "2", "t2");

    host.clock.advance(Duration.ofDays(1));

    JsonNode letter = awaitDeadLetter(Duration.ZERO);
    assertThat(letter.get("why").asString()).startsWith("given up: ");
    assertThat(letter.get("attempts").asInt()).isLessThan(20);
    Awaitility.await().until(() -> logged("anna"), List.of("2")::equals);
    host.clock.advance(Duration.ofDays(-1));
    acme.faults().clear();
    replay(letter);
    Awaitility.await().until(() -> logged("anna"), List.of("2", "1")::equals);
  }

  @Test
  void aVendorsWishForSilenceEndsInItsTimeWhenTheClockJumpsBack() throws InterruptedException {
    String anna = linked("anna", "run/1");
    host.clock.advance(Duration.ofHours(5));
    acme.faults().on("/v1/run/1").always(Fault.tooManyRequests(Duration.ofMinutes(1)));
    accepted(anna, "run.updated", "1", "t1");
    awaitCalls("/v1/run/1", 1);
    acme.faults().clear();

    host.clock.advance(Duration.ofHours(-5));

    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofSeconds(5));
              return logged("anna");
            },
            List.of("1")::equals);
  }
}
