package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
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

  @Test
  void aVendorInTroubleKillsNoConnection() {
    linkWithRun();
    host.clock.advance(Duration.ofHours(2));
    for (Fault fault :
        new Fault[] {
          Fault.forbiddenByProxy(), Fault.status(500), Fault.status(429), Fault.invalidClient()
        }) {
      acme.faults().clear();
      acme.faults().on("/token").always(fault);
      assertThat(run().status()).as(fault.toString()).isNotIn(200, 409);
      assertThat(status()).as(fault.toString()).isEqualTo("ACTIVE");
    }
    acme.faults().clear();
    host.clock.advance(Duration.ofMinutes(5));

    assertThat(run().status()).isEqualTo(200);
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
