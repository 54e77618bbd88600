package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A person links again, at a good moment or a bad one. */
final class RelinkingTest extends HostTest {
  private JsonNode connection(String userId) {
    return api.get(Api.connection(userId)).json();
  }

  private String linkAndPull() {
    String account = host.link("anna");
    acme.put(account, "run/1", "{\"km\":1}");
    acme.put(account, "run/2", "{\"km\":2}");
    acme.notice(account, "run.updated", "1");
    api.awaitEvents("data.updated", 1);
    assertThat(connection("anna").get("lastPullAt").isNull()).isFalse();
    return account;
  }

  @Test
  void theSameAccountGoesOnWhereItWas() {
    linkAndPull();
    JsonNode before = connection("anna");

    host.relink("anna");

    JsonNode after = connection("anna");
    assertThat(after.get("lastPullAt")).isEqualTo(before.get("lastPullAt"));
    assertThat(after.get("linkedAt")).isNotEqualTo(before.get("linkedAt"));
  }

  @Test
  void anotherAccountBeginsAnew() {
    linkAndPull();

    host.link("anna");

    assertThat(connection("anna").get("lastPullAt").isNull()).isTrue();
  }

  @Test
  void whatWaitedKeepsItsOrder() throws Exception {
    String account = host.link("anna");
    acme.put(account, "run/1", "{\"km\":1}");
    acme.put(account, "run/2", "{\"km\":2}");
    acme.faults().on("/v1/run").always(Fault.status(500));
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "1", "t-1"));
    Awaitility.await().until(() -> !acme.requests().of("GET", "/v1/run/1").isEmpty());
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "2", "t-2"));

    host.relink("anna");
    acme.faults().clear();

    assertThat(api.awaitEvents("data.updated", 2))
        .extracting(event -> event.get("traceid").asString())
        .containsExactly("t-1", "t-2");
    assertThat(api.events("connection.linked")).hasSize(2);
  }

  @Test
  void whoIsUnlinkedInTheMiddleOfAWalkIsLinkedAnewByItsEnd() {
    String account = linkAndPull();
    Browser browser = host.browser();
    String callback = browser.open(browser.open(host.invite("anna")).location()).location();
    assertThat(api.delete(Api.connection("anna")).status()).isEqualTo(204);
    Awaitility.await().until(() -> !acme.requests().of("DELETE", "/v1/access").isEmpty());

    // The vendor ends access by account, so the consent of the walk ended with the old grant.
    assertThat(browser.open(callback).location()).contains("status=");
    assertThat(host.browser().walk(host.invite("anna")).address()).endsWith("status=linked");

    assertThat(connection("anna").get("status").asString()).isEqualTo("ACTIVE");
    assertThat(api.get(Api.connection("anna") + "/data/run/2").status()).isEqualTo(200);
    assertThat(acme.oauth().linked(account)).isTrue();
  }
}
