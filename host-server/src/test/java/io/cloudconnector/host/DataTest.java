package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.SimulatedReply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** Vendors' documents on request, and the limits on asking. */
@Isolated("it reads the log, which all share")
final class DataTest extends HostTest {
  private static final String DOCUMENT = "{ \"km\":12.3400000000000000000001,\"a\":1e2 }\n";

  private Answer data(String path) {
    return api.get(Api.connection("anna") + "/data/" + path);
  }

  @Test
  void theVendorsBytesAreHandedOnAsTheyAre() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.put(account, "nap", "[1, 2]");

    Answer answer = data("run/7");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.text()).isEqualTo(DOCUMENT);
    assertThat(data("nap").text()).isEqualTo("[1, 2]");
    assertThat(api.events("data.updated")).isEmpty();
  }

  @Test
  void whatIsNotThereIsToldApart() {
    assertThat(data("run/7").problem()).isEqualTo("unknown-connection");
    host.link("anna");

    assertThat(data("run/7").problem()).isEqualTo("gone");
    assertThat(data("walk/7").problem()).isEqualTo("unknown-resource-type");
    assertThat(data("run/a%20b").problem()).isEqualTo("bad-request");
    assertThat(data("run/a%2Fb").problem()).isEqualTo("bad-request");
    assertThat(data("run?from=2026-01-01T00:00:00Z").problem()).isEqualTo("bad-request");
    assertThat(api.get("/v1/connections/nobody/anna/data/run").problem())
        .isEqualTo("unknown-connection");
    assertThat(api.get("/v1/connections/NO-BODY/anna/data/run").problem())
        .isEqualTo("unknown-connection");
  }

  @Test
  void whatIsNotReadyYetIsToldWithATime() {
    host.link("anna");
    acme.faults().on("/v1/run").next(1, Fault.answer(SimulatedReply.empty(202)));

    Answer answer = data("run");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Retry-After")).contains("7");
  }

  @Test
  void theVendorsLimitIsObeyedAndTold() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.faults().on("/v1/run").next(1, Fault.tooManyRequests(Duration.ofSeconds(90)));

    Answer answer = data("run/7");

    assertThat(answer.problem()).isEqualTo("rate-limited");
    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(60, 90);
    assertThat(data("run/7").status()).isEqualTo(429);
    assertThat(acme.requests().of("GET", "/v1/run")).hasSize(1);
    assertThat(window(0).get("remaining").asInt()).isZero();
    host.clock.advance(Duration.ofSeconds(91));
    assertThat(data("run/7").status()).isEqualTo(200);
  }

  @Test
  void aNoticeWaitsForTheVendorsLimitAndLosesNoAttempt() {
    // The clock leaps by hours within a fetch: a token that ends meanwhile would be asked with too.
    acme.oauth().accessTokenLife(Duration.ofDays(1_000));
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    acme.faults().on("/v1/run").next(1, Fault.tooManyRequests(Duration.ofHours(1)));

    acme.notice(account, "run.updated", "7");
    org.awaitility.Awaitility.await()
        .until(() -> acme.requests().of("GET", "/v1/run").size(), n -> n == 1);
    // More than once: the answer may be looked at after the first time.
    org.awaitility.Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMinutes(61));
              return api.events("data.updated").size() == 1;
            });
    assertThat(acme.requests().of("GET", "/v1/run")).hasSize(2);
  }

  private JsonNode window(int index) {
    return api.get(Api.connection("anna") + "/rate-limit").json().get("windows").get(index);
  }

  @Test
  void callsAreCountedAgainstEachWindow() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    host.clock.advance(Duration.ofHours(2));
    data("run/7");
    data("run/7");

    assertThat(window(0).get("limit").asInt()).isEqualTo(1000);
    assertThat(window(0).get("scope").asString()).isEqualTo("application");
    assertThat(window(1).get("limit").asInt()).isEqualTo(200);
    assertThat(window(1).get("scope").asString()).isEqualTo("connection");
    assertThat(window(1).get("windowSeconds").asInt()).isEqualTo(3600);
    // The token had ended meanwhile; its refresh may count too, a document never twice.
    assertThat(window(1).get("remaining").asInt()).isBetween(196, 198);
    assertThat(Instant.parse(window(1).get("resetAt").asString()))
        // Uses of a long window are kept in steps of a two-hundredth of it, rounded up.
        .isBetween(host.clock.instant().plusSeconds(3000), host.clock.instant().plusSeconds(3620));
  }

  @Test
  void ourOwnCountStopsCallsBeforeTheVendorDoes() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    restart("rateLimits: [ { maxRequests: 2, timeWindow: 60s } ]");
    host.clock.advance(Duration.ofSeconds(61));

    assertThat(data("run/7").status()).isEqualTo(200);
    assertThat(data("run/7").status()).isEqualTo(200);
    assertThat(data("run/7").problem()).isEqualTo("rate-limited");
    assertThat(acme.requests().of("GET", "/v1/run")).hasSize(2);
    host.clock.advance(Duration.ofSeconds(61));
    assertThat(data("run/7").status()).isEqualTo(200);
  }

  @Test
  void theVendorsFaultsAreToldAsSuch() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    for (Fault fault : new Fault[] {Fault.status(500), Fault.status(418), new Fault.HalfBody()}) {
      acme.faults().clear();
      acme.faults().on("/v1/run").always(fault);
      assertThat(data("run/7").problem()).as(fault.toString()).isEqualTo("vendor-failed");
    }
    acme.faults().clear();
    assertThat(data("run/7").status()).isEqualTo(200);
  }

  @Test
  void aVendorThatKeepsFailingIsLeftAloneForAWhile() {
    host.link("anna");
    acme.faults().on("/v1/run").always(Fault.status(500));
    try (CapturedLog log = new CapturedLog()) {
      Answer answer = data("run/7");
      for (int i = 0; i < 20 && answer.problem().equals("vendor-failed"); i++) {
        answer = data("run/7");
      }

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.problem()).isEqualTo("vendor-unavailable");
      assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(1, 30);
      assertThat(acme.requests().of("GET", "/v1/run")).hasSizeBetween(10, 20);
      assertThat(log.lines()).filteredOn(line -> line.contains("calls to acme fail")).hasSize(1);
    }
    assertThat(api.withoutKey().get("/metrics").text())
        .contains("connector_vendor_circuit{vendor=\"acme\"} 2.0")
        .contains("connector_vendor_calls_rejected_total{vendor=\"acme\"} 1.0");
    assertThat(window(1).get("remaining").asInt()).as("it costs no permit").isGreaterThan(175);
  }

  @Test
  void aResourceThatThePersonDidNotAllowAsksForAnotherLink() {
    host.link("anna");
    acme.faults().on("/v1/run").always(Fault.status(403));

    assertThat(data("run/7").problem()).isEqualTo("relink-required");
    assertThat(api.get(Api.connection("anna")).json().get("status").asString()).isEqualTo("ACTIVE");
  }
}
