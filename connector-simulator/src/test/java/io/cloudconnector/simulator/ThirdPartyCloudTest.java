package io.cloudconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThirdPartyCloudTest {
  @Test
  void linksServesAndSendsWithAFewLines() throws Exception {
    try (AcmeCloud cloud = new AcmeCloud();
        WebhookSink sink = new WebhookSink();
        TestClient client = new TestClient()) {
      cloud.start();
      cloud.sendWebhooksTo(sink.url());
      assertThat(cloud.addPerson()).isEqualTo("acme-1");
      String token = client.link(cloud, "steps").path("access_token").asString();
      Delivery delivery = cloud.makeChange().getFirst();
      assertThat(delivery.awaitOver(Duration.ofSeconds(10))).isTrue();
      assertThat(sink.received().getFirst().header("X-Acme-Time")).isPresent();
      URI today =
          URI.create(TestClient.setting(cloud.connectorSettings(), "baseUrl") + "/steps/today");
      assertThat(client.get(today).statusCode()).isEqualTo(401);
      assertThat(client.get(today, token).body()).isEqualTo(delivery.body());
    }
  }
}
