package io.cloudconnector.simulator.acme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.TestClock;
import io.cloudconnector.simulator.WebhookSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a third party has of the toolkit. */
class AcmeCloudTest {
  private final TestClock clock = new TestClock();
  private final AcmeCloud cloud = new AcmeCloud(clock);
  private final WebhookSink sink = new WebhookSink();
  private final TestClient client = new TestClient();

  @BeforeEach
  void open() {
    cloud.start();
    cloud.sendWebhooksTo(sink.url());
    assertThat(cloud.addPerson()).isEqualTo("acme-1");
  }

  @AfterEach
  void close() {
    client.close();
    cloud.close();
    sink.close();
  }

  @Test
  void isWrittenInFewerThanAHundredLines() throws IOException {
    Path source = Path.of("src/test/java/io/cloudconnector/simulator/acme/AcmeCloud.java");

    assertThat(Files.readAllLines(source)).hasSizeLessThan(100);
  }

  @Test
  void servesADocumentToWhoeverWasLinked() throws IOException {
    assertThat(client.get(today()).statusCode()).isEqualTo(401);
    HttpResponse<byte[]> answer = client.get(today(), access(link()));

    assertThat(TestClient.text(answer)).isEqualTo("{\"day\":\"today\",\"steps\":0}");
  }

  @Test
  void rotatesRefreshTokensAndKnowsTheDeadOnes() throws IOException {
    JsonNode first = link();
    JsonNode second = TestClient.json(client.refresh(cloud, refresh(first)));

    assertThat(client.get(today(), access(first)).statusCode()).isEqualTo(401);
    assertThat(client.get(today(), access(second)).statusCode()).isEqualTo(200);
    assertDead(client.refresh(cloud, refresh(first)));
    cloud.oauth().revoke("acme-1");
    assertDead(client.refresh(cloud, refresh(second)));
  }

  private static void assertDead(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestClient.json(answer).path("error").asString()).isEqualTo("invalid_grant");
  }

  @Test
  void signsItsWebhooksWithTheClientsSecret() throws Exception {
    assertThat(cloud.makeChange()).as("before anybody is linked").isEmpty();
    link();
    assertDelivered(cloud.makeChange());

    SimulatedRequest received = sink.received().getFirst();
    assertThat(new String(received.body(), UTF_8))
        .isEqualTo("{\"user\":\"acme-1\",\"day\":\"today\"}");
    assertThat(received.header("X-Acme-Signature")).contains(signature(received.body()));
  }

  private String signature(byte[] body) throws Exception {
    String secret = TestClient.text(cloud.connectorSettings(), "clientSecret");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }

  @Test
  void keepsItsLimits() throws IOException {
    String token = access(link());
    for (int i = 0; i < 60; i++) {
      assertThat(client.get(today(), token).statusCode()).isEqualTo(200);
    }
    assertThat(client.get(today(), token).statusCode()).isEqualTo(429);
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.get(today(), token).statusCode()).isEqualTo(200);
  }

  @Test
  void goesWrongAsTheToolkitKnowsTo() throws Exception {
    String token = access(link());
    cloud.faults().on("/api/").next(1, Fault.tooManyRequests(Duration.ofSeconds(7)));
    assertThat(client.get(today(), token).headers().firstValue("Retry-After")).contains("7");

    cloud.webhooks().misbehave(1, new Mischief.Duplicate(1));
    assertDelivered(cloud.makeChange());
    assertThat(sink.received()).hasSize(2);
  }

  private static void assertDelivered(List<Delivery> deliveries) throws InterruptedException {
    assertThat(deliveries).isNotEmpty();
    for (Delivery delivery : deliveries) {
      assertThat(delivery.awaitOver(Duration.ofSeconds(10))).isTrue();
      assertThat(delivery.acknowledged()).isTrue();
    }
  }

  private JsonNode link() throws IOException {
    return client.link(cloud, "steps");
  }

  private URI today() {
    return URI.create(TestClient.setting(cloud.connectorSettings(), "baseUrl") + "/steps/today");
  }

  private static String access(JsonNode pair) {
    return pair.path("access_token").asString();
  }

  private static String refresh(JsonNode pair) {
    return pair.path("refresh_token").asString();
  }
}
