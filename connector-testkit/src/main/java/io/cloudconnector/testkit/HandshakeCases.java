package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookTrust;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** How a connector answers its vendor's test of the webhook address, through the host's intake. */
interface HandshakeCases extends ConnectorUnderTest {
  @Test
  default void answersTheVendorsHandshake() {
    eachHandshake(
        (host, sample) -> {
          know(host, sample);
          assertAnswered(host, sample);
        });
  }

  @Test
  default void refusesAHandshakeThatIsNotTheVendors() {
    eachHandshake(
        (host, sample) -> {
          know(host, sample);
          assertThat(sample.forged()).as("requests that the sample refuses").isNotEmpty();
          sample.forged().forEach(forged -> assertRefused(host, forged));
        });
  }

  @Test
  default void refusesAHandshakeThatNobodyAskedFor() {
    eachHandshake(
        (host, sample) -> {
          assumeTrue(!sample.state().isEmpty(), "the handshake needs nothing to be known");
          assertRefused(host, sample.request());
        });
  }

  /** What another host has written since counts, whatever this one has read before. */
  @Test
  default void answersAHandshakeThatAnotherHostAskedFor() {
    eachHandshake(
        (host, sample) -> {
          assumeTrue(!sample.state().isEmpty(), "the handshake needs nothing to be known");
          sample
              .state()
              .keySet()
              .forEach(name -> host.context().state().write(name, Secret.of("made-up-before")));
          assertThat(reply(host, sample.request()).status())
              .as("status while something else is known")
              .isGreaterThanOrEqualTo(400);
          know(host, sample);
          assertAnswered(host, sample);
        });
  }

  @Test
  default void takesNoWebhookForAHandshake() {
    assumeTrue(!events().isEmpty(), "the vendor sends no webhooks");
    for (EventSample event : events()) {
      try (FakeHost host = FakeHost.of(factory(), this::configure)) {
        handshakes().forEach(sample -> know(host, sample));
        Instant now = host.context().clock().instant();
        FakeWebhook sent = sent(host, FakeWebhook.post(event.body(), now), now);
        assertThat(host.connector().answerHandshake(sent)).as("handshake of " + event).isEmpty();
      }
    }
  }

  private FakeWebhook sent(FakeHost host, FakeWebhook webhook, Instant now) {
    boolean signed = factory().descriptor().webhooks().equals(Optional.of(WebhookTrust.SIGNED));
    return signed
        ? sign(webhook, host.context().config().webhookSecrets().getFirst(), now)
        : webhook;
  }

  private void eachHandshake(BiConsumer<FakeHost, HandshakeSample> test) {
    assumeTrue(!handshakes().isEmpty(), "the vendor makes no handshake");
    for (HandshakeSample sample : handshakes()) {
      try (FakeHost host = FakeHost.of(factory(), this::configure)) {
        test.accept(host, sample);
      }
    }
  }

  private static void know(FakeHost host, HandshakeSample sample) {
    sample.state().forEach(host.context().state()::write);
  }

  private static void assertAnswered(FakeHost host, HandshakeSample sample) {
    assertThat(reply(host, sample.request()))
        .extracting(WebhookReply::status, WebhookReply::mediaType, WebhookReply::text)
        .containsExactly(
            sample.reply().status(), sample.reply().mediaType(), sample.reply().text());
    assertThat(host.context().store().events()).isEmpty();
  }

  private static void assertRefused(FakeHost host, FakeWebhook request) {
    // 404 is what a vendor wants to hear that sends a wrong code on purpose; 410 would end its
    // subscription.
    assertThat(reply(host, request).status())
        .as("status of a refused handshake")
        .isIn(401, 403, 404);
  }

  private static WebhookReply reply(FakeHost host, FakeWebhook request) {
    return host.context().intake().receive(request);
  }
}
