package io.cloudconnector.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a vendor meets that sends webhooks for real. */
class FakeAddressTest {
  private final FakeHost host = FakeHost.of(new HelloConnectorFactory());
  private final FakeAddress address = FakeAddress.of(host.context());
  private final HttpClient vendor = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    vendor.close();
    address.close();
    host.close();
  }

  @Test
  void leadsToTheStoreOfTheHost() throws Exception {
    assertThat(sent("{\"person\":\"p1\",\"day\":\"2026-01-14\"}")).isEqualTo(200);

    assertThat(host.context().store().events())
        .extracting(WebhookEvent::notice)
        .extracting(Object::toString)
        .containsExactly("changed steps/2026-01-14 of p1");
    assertThat(address.statuses()).containsExactly(200);
  }

  @Test
  void keepsWhatCannotBeReadAndTellsWhy() throws Exception {
    assertThat(sent("{\"person\":\"p1\"}")).isEqualTo(400);

    assertThat(host.context().store().events()).isEmpty();
    assertThat(host.context().store().quarantine()).hasSize(1);
    assertThat(host.context().store().reasons())
        .singleElement()
        .asString()
        .contains("JSON without '/day'");
  }

  private int sent(String body) throws Exception {
    Instant now = host.context().clock().instant();
    Secret secret = host.context().config().webhookSecrets().getFirst();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url()).POST(BodyPublishers.ofString(body));
    new HelloContractTest()
        .sign(FakeWebhook.post(body.getBytes(UTF_8), now), secret, now)
        .headers()
        .forEach(request::header);
    return vendor.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
