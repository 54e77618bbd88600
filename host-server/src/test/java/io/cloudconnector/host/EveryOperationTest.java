package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The description has no operation that the host does not serve, and serves as described. */
final class EveryOperationTest extends HostTest {
  @Test
  void everyOperationOfTheDescriptionIsServedAsDescribed() throws InterruptedException {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    acme.put(account, "run", "{}");
    String one = Api.connection("anna");
    Answer backfill =
        api.post(
            one + "/backfills",
            "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"%s\"}".formatted(host.clock.instant()));
    assertThat(backfill.status()).as(backfill.text()).isEqualTo(202);
    for (String path :
        new String[] {
          "/v1/connections",
          one,
          one + "/rate-limit",
          one + "/backfills",
          one + "/backfills/" + backfill.json().get("id").asString(),
          one + "/data/run",
          one + "/data/run/7",
          "/v1/events",
          "/v1/connectors",
          "/v1/dead-letters",
          "/v1/quarantine",
          "/v1/keys",
          "/v1/audit",
          "/v1/users/anna/export",
          "/webhooks/acme?challenge=x",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/openapi.yaml"
        }) {
      assertThat(api.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(api.withoutKey().postForm("/oauth/acme/callback", "state=none&key=x").status())
        .isEqualTo(400);
    assertThat(api.withoutKey().post("/webhooks/acme", "{}").status()).isEqualTo(401);
    assertThat(api.post("/v1/connectors/acme/refreshes/resume").problem()).isEqualTo("not-stopped");
    String subscriptions = "/v1/connectors/acme/subscriptions";
    assertThat(api.get(subscriptions).problem()).isEqualTo("no-subscriptions");
    assertThat(api.post(subscriptions + "/check").problem()).isEqualTo("no-subscriptions");
    faults(account);
    assertThat(api.post("/v1/keys/rotate").status()).isEqualTo(202);
    assertThat(api.delete(one).status()).isEqualTo(204);
    delivery();
    assertThat(api.delete("/v1/users/anna").status()).isEqualTo(204);

    assertThat(host.description.called()).isEqualTo(host.description.operations());
  }

  /** {@link DeliveryTest} and {@link StreamTest} see the better half of these. */
  private void delivery() {
    assertThat(api.get("/v1/events/stream?after=c99").status()).isEqualTo(410);
    for (String path : new String[] {"", "/parked"}) {
      assertThat(api.get("/v1/delivery" + path).status()).isEqualTo(404);
    }
    for (String path : new String[] {"/replay", "/resume", "/parked/c1/replay"}) {
      assertThat(api.post("/v1/delivery" + path).status()).isEqualTo(404);
    }
    assertThat(api.delete("/v1/delivery/parked/c1").status()).isEqualTo(404);
  }

  private void faults(String account) throws InterruptedException {
    acme.deliver("not json");
    String kept =
        "/v1/quarantine/" + api.get("/v1/quarantine").json().at("/quarantine/0/id").asString();
    assertThat(api.get(kept).status()).isEqualTo(200);
    assertThat(api.post(kept + "/replay").status()).isEqualTo(409);
    assertThat(api.post("/v1/quarantine/replay", "{\"all\":true}").status()).isEqualTo(200);
    assertThat(api.delete(kept).status()).isEqualTo(204);
    acme.faults().on("/v1/run").always(Fault.status(400));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    String dead = "/v1/dead-letters/" + deadLetter();
    assertThat(api.post(dead + "/replay").status()).isEqualTo(202);
    assertThat(deadLetter()).isEqualTo(dead.substring("/v1/dead-letters/".length()));
    assertThat(api.get(dead).status()).isEqualTo(200);
    assertThat(api.post("/v1/dead-letters/replay", "{\"all\":true}").status()).isEqualTo(200);
    deadLetter();
    assertThat(api.delete(dead).status()).isEqualTo(204);
  }

  private String deadLetter() {
    return Awaitility.await()
        .until(
            () -> api.get("/v1/dead-letters").json().at("/deadLetters/0/id").asString(""),
            id -> !id.isEmpty());
  }
}
