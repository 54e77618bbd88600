package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.delivery.Consumer;
import io.cloudconnector.simulator.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is held about one person: handed out whole, and erased whole. */
final class UsersTest extends HostTest {
  private static final String MARK = "resting-pulse-4711";

  private JsonNode export(String userId) {
    Answer answer = api.get("/v1/users/" + userId + "/export");
    assertThat(answer.status()).isEqualTo(200);
    return answer.json();
  }

  private int delete(String userId) {
    return api.delete("/v1/users/" + userId).status();
  }

  /** A linked person with an event, a dead letter, and a change that waits. */
  private String personWithEverything(String userId) throws InterruptedException {
    String account = host.link(userId);
    acme.put(account, "run/7", "{\"note\":\"" + MARK + "\"}");
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-" + userId));
    api.awaitEvents("data.updated", api.events("connection.linked").size());
    acme.faults().on("/v1/run/8").always(Fault.status(400));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "8", "d-" + userId));
    Awaitility.await().until(() -> deadLetters(userId) == 1);
    acme.faults().on("/v1/run/9").always(Fault.status(503));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "9", "w-" + userId));
    host.invite(userId);
    return account;
  }

  private int deadLetters(String userId) {
    return api.get("/v1/dead-letters?userId=" + userId).json().get("deadLetters").size();
  }

  @Test
  void anExportHasEverythingButSecrets() throws InterruptedException {
    String account = personWithEverything("anna");
    host.link("berta");

    JsonNode anna = export("anna");

    assertThat(anna.at("/connections/0/accountIds/0").asString()).isEqualTo(account);
    assertThat(anna.get("links")).hasSize(2);
    assertThat(anna.get("revocations")).isEmpty();
    assertThat(anna.get("changes").valueStream().map(one -> one.get("state").asString()))
        .containsExactlyInAnyOrder("given up", "waiting");
    String body = anna.at("/changes/0/bodyBase64").asString();
    assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8))
        .contains(account);
    assertThat(anna.get("events").valueStream().map(one -> one.get("type").asString()))
        .containsExactly("connection.linked", "data.updated");
    assertThat(anna.at("/events/1/data/note").asString()).isEqualTo(MARK);
    assertThat(anna.get("audit").valueStream().map(one -> one.get("action").asString()))
        .contains("link.created", "connection.linked", "user.exported");
    assertThat(acme.tokensSeen()).isNotEmpty();
    assertThat(anna.toString()).doesNotContain(acme.tokensSeen()).doesNotContain("berta");
    assertThat(export("nobody").get("events")).isEmpty();
  }

  @Test
  void aDeletedPersonIsNowhereInTheDatabase() throws InterruptedException {
    String account = personWithEverything("anna");
    host.link("berta");
    assertThat(Held.places(host.databaseUrl, MARK)).containsExactly("event_log.data");
    acme.faults().on("/v1/access").always(Fault.status(503));

    assertThat(delete("anna")).isEqualTo(204);

    // One event and one entry say that it happened; the grant stays until it is revoked, and how
    // often the vendor was asked until its windows are over.
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Held.places(host.databaseUrl, "anna"))
                    .containsExactly(
                        "audit.user_id",
                        "event_log.subject",
                        "event_log.user_id",
                        "limit_use.scope",
                        "revocation.user_id"));
    assertThat(Held.places(host.databaseUrl, account))
        .containsAnyOf("revocation.account_ids")
        .isSubsetOf("revocation.account_ids", "revocation.last_error");
    assertThat(Held.places(host.databaseUrl, MARK)).isEmpty();
    acme.faults().clear();
    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMinutes(2));
              return !acme.oauth().linked(account);
            });
    Awaitility.await().until(() -> Held.places(host.databaseUrl, account).isEmpty());
    host.clock.advance(Duration.ofDays(2));
    restart("");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Held.places(host.databaseUrl, "anna"))
                    .containsExactly("audit.user_id", "event_log.subject", "event_log.user_id"));
    assertThat(api.events().stream().map(event -> event.get("userid").asString()))
        .containsExactlyInAnyOrder("berta", "anna");
    assertThat(api.events("connection.removed")).hasSize(1);
    assertThat(api.get(Api.connection("anna")).problem()).isEqualTo("unknown-connection");
    assertThat(api.get(Api.connection("berta")).json().get("status").asString())
        .isEqualTo("ACTIVE");
  }

  @Test
  void deletingAgainOrSomebodyUnknownIsJustAsWell() {
    host.link("anna");
    assertThat(delete("anna")).isEqualTo(204);
    assertThat(delete("anna")).isEqualTo(204);
    assertThat(delete("nobody")).isEqualTo(204);

    assertThat(api.events()).hasSize(1);
    assertThat(api.withKey(RunningHost.READ_ONLY_KEY).delete("/v1/users/anna").problem())
        .isEqualTo("read-only-key");
    assertThat(api.delete("/v1/users/a%00b").problem()).isEqualTo("bad-request");
  }

  @Test
  void workUnderWayDoesNotBringAnythingBack() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", "{\"note\":\"" + MARK + "\"}");
    acme.faults().on("/v1/run/7").always(new Fault.Slow(Duration.ofSeconds(2)));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    Awaitility.await().until(() -> acme.requests().of("GET", "/v1/run/7").size() == 1);

    assertThat(delete("anna")).isEqualTo(204);
    String again = host.link("anna");
    acme.put(again, "run/8", "{}");
    Awaitility.await()
        .until(
            () ->
                api.get("/metrics")
                    .text()
                    .contains(
                        "connector_fetches_seconds_count{outcome=\"found\",vendor=\"acme\"}"));
    acme.deliver(AcmeCloud.noticeText(again, "run.updated", "8", "u"));

    // In its line it would stand before.
    JsonNode only = api.awaitEvents("data.updated", 1).getFirst();
    assertThat(only.get("resourceid").asString()).isEqualTo("8");
    assertThat(Held.places(host.databaseUrl, MARK)).isEmpty();
  }

  @Test
  void whoeverIsAtTheConsentPageDoesNotComeBackThroughIt() {
    host.link("anna");
    String link = host.invite("anna");
    Browser browser = host.browser();
    String consent = browser.open(link).location();

    assertThat(delete("anna")).isEqualTo(204);

    assertThat(browser.walk(consent).last().text()).contains("Not connected");
    assertThat(api.get(Api.connection("anna")).status()).isEqualTo(404);
  }

  @Test
  void whoeverLinksAgainIsANewPerson() throws InterruptedException {
    personWithEverything("anna");
    delete("anna");

    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t2"));

    api.awaitEvents("data.updated", 1);
    assertThat(api.get(Api.connection("anna") + "/data/run/7").status()).isEqualTo(200);
  }

  @Test
  void readersGoOnFromWhereTheyWere() throws InterruptedException {
    personWithEverything("anna");
    String atAnna = api.get("/v1/events").json().get("next").asString();
    host.link("berta");

    delete("anna");

    JsonNode page = api.get("/v1/events?after=" + atAnna).json();
    assertThat(page.get("events").valueStream().map(one -> one.get("type").asString()))
        .containsExactly("connection.linked", "connection.removed");
  }

  @Test
  void aSinkIsNotSentWhatItHasNotHad() throws InterruptedException {
    try (Consumer consumer = new Consumer()) {
      consumer.answers(500);
      host.restart(
          """

          delivery:
            webhook: { url: '%s', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
          """
              .formatted(consumer.url()));
      api = host.api();
      personWithEverything("anna");

      delete("anna");
      consumer.answers(200);
      host.clock.advance(Duration.ofHours(1));

      Awaitility.await()
          .until(
              () -> {
                JsonNode status = api.get("/v1/delivery").json();
                return status.get("state").asString().equals("delivering")
                    && status.get("lagEvents").asInt() == 0;
              });
      assertThat(consumer.taken())
          .extracting(one -> one.json().get("type").asString())
          .isEqualTo(List.of("connection.removed"));
    }
  }
}
