package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.SimulatedReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tokens are kept alive, and their death is told. */
final class TokensTest extends HostTest {
  private static final String DOCUMENT = "{\"km\":7}";

  private String status() {
    return api.get(Api.connection("anna")).json().get("status").asString();
  }

  private Answer run() {
    return api.get(Api.connection("anna") + "/data/run/7");
  }

  private String linkWithRun() {
    String account = host.link("anna");
    acme.put(account, "run/7", DOCUMENT);
    return account;
  }

  private List<Integer> fiftyAtOnce() throws ExecutionException, InterruptedException {
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(callers.submit(this::run));
      }
      for (Future<Answer> answer : answers) {
        statuses.add(answer.get().status());
      }
    }
    return statuses;
  }

  @Test
  void aTokenThatEndedByTheClockIsRefreshedOnceForFiftyCallers() throws Exception {
    linkWithRun();
    host.clock.advance(Duration.ofHours(2));

    assertThat(fiftyAtOnce()).containsOnly(200);
    assertThat(acme.oauth().refreshCalls()).isEqualTo(1);
    assertThat(status()).isEqualTo("ACTIVE");
  }

  @Test
  void aTokenThatTheVendorRejectsIsRefreshedOnceForFiftyCallers() throws Exception {
    linkWithRun();
    acme.oauth().expireAccessTokens();

    assertThat(fiftyAtOnce()).containsOnly(200);
    assertThat(acme.oauth().refreshCalls()).isEqualTo(1);
  }

  @Test
  void aDeadGrantIsToldOnceAndWhatWaitedComesWithTheNextLink() throws Exception {
    String account = linkWithRun();
    host.clock.advance(Duration.ofHours(2));
    acme.oauth().revoke(account);

    assertThat(fiftyAtOnce()).containsOnly(409);
    assertThat(status()).isEqualTo("REAUTHORIZATION_REQUIRED");
    var told = api.awaitEvents("connection.reauthorization_required", 1).getFirst();
    assertThat(told.at("/data/reason").asString()).isEqualTo("invalid_grant");
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    host.relink("anna");

    api.awaitEvents("data.updated", 1);
    assertThat(status()).isEqualTo("ACTIVE");
    assertThat(api.events("connection.reauthorization_required")).hasSize(1);
  }

  @Test
  void aNoticeThatFindsTheGrantDeadWaitsForTheNextLinkToo() throws Exception {
    String account = linkWithRun();
    host.clock.advance(Duration.ofHours(2));
    acme.oauth().revoke(account);

    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    api.awaitEvents("connection.reauthorization_required", 1);
    host.relink("anna");

    api.awaitEvents("data.updated", 1);
  }

  /** Invariant 5. */
  @Test
  void aVendorInTroubleKillsNoConnection() {
    linkWithRun();
    host.clock.advance(Duration.ofHours(2));
    for (Fault fault :
        new Fault[] {
          Fault.forbiddenByProxy(),
          Fault.status(503),
          Fault.tooManyRequests(Duration.ofSeconds(70)),
          Fault.answer(SimulatedReply.json(400, "{\"error\":\"inval")),
          Fault.errorInside200(),
          new Fault.Drop(),
          Fault.invalidClient()
        }) {
      acme.faults().clear();
      acme.faults().on("/token").always(fault);
      int before = acme.requests().of("POST", "/token").size();
      Answer first = run();
      Answer second = run();

      assertThat(first.problem()).as(fault.toString()).isEqualTo("vendor-failed");
      assertThat(first.header("Retry-After")).as(fault.toString()).isPresent();
      assertThat(second.problem()).as(fault.toString()).isEqualTo("vendor-failed");
      assertThat(acme.requests().of("POST", "/token")).as("none asks again").hasSize(before + 1);
      assertThat(status()).as(fault.toString()).isEqualTo("ACTIVE");
      acme.faults().clear();
      host.clock.advance(Duration.ofMinutes(5));

      assertThat(run().status()).as(fault.toString()).isEqualTo(200);
      host.clock.advance(Duration.ofHours(2));
    }
  }

  @Test
  void aCallerGoesOnWithCredentialsThatAreStillGood() {
    linkWithRun();
    acme.faults().on("/token").always(Fault.status(503));
    host.clock.advance(Duration.ofMinutes(59).plusSeconds(20));

    assertThat(run().status()).isEqualTo(200);
    assertThat(acme.requests().of("POST", "/token").size()).isEqualTo(2);
    host.clock.advance(Duration.ofMinutes(1));
    assertThat(run().problem()).isEqualTo("vendor-failed");
  }

  @Test
  void aNoticeWaitsForTheNextRefreshAndLosesNoAttempt() throws InterruptedException {
    String account = linkWithRun();
    acme.faults().on("/token").always(Fault.forbiddenByProxy());
    host.clock.advance(Duration.ofHours(2));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofHours(1));
              return acme.requests().of("POST", "/token").size() > 6;
            });
    acme.faults().clear();
    // The last refusal may still be on its way, and puts the next try off from now.
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofHours(1));
              return !api.events("data.updated").isEmpty();
            });

    api.awaitEvents("data.updated", 1);
    assertThat(api.deadLetters()).isEmpty();
  }

  @Test
  void aWithdrawalIsBelievedWhenTheVendorProvesIt() throws Exception {
    String account = linkWithRun();
    acme.deliver(AcmeCloud.noticeText(account, "access.withdrawn", "1", "t-1"));
    Awaitility.await().until(() -> acme.oauth().refreshCalls() == 1);
    assertThat(status()).isEqualTo("ACTIVE");

    acme.oauth().revoke(account);
    acme.deliver(AcmeCloud.noticeText(account, "access.withdrawn", "2", "t-2"));

    api.awaitEvents("connection.reauthorization_required", 1);
    assertThat(status()).isEqualTo("REAUTHORIZATION_REQUIRED");
  }
}
