package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookTrust;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How a connector tells its vendor's webhooks from others, and what the host makes of them. */
interface WebhookCases extends ConnectorUnderTest {
  @Test
  default void acceptsAWebhookThatTheVendorSigned() {
    eachSigned((host, signed) -> assertAccepted(host, signed, "signed by the vendor"));
  }

  @Test
  default void rejectsAWebhookSignedWithAnotherSecret() {
    eachSigned(
        (host, signed) -> {
          FakeWebhook forged = signed(host, signed.body(), Secret.of("another-secret"));
          assertRejected(host, forged, "signed with another secret");
        });
  }

  @Test
  default void rejectsABodyChangedByOneByte() {
    eachSigned(
        (host, signed) -> {
          int length = signed.body().length;
          for (int at : new int[] {0, length / 2, length - 1}) {
            byte[] changed = signed.body();
            changed[at] ^= 1;
            assertRejected(host, signed.body(changed), "with byte " + at + " changed");
          }
        });
  }

  @Test
  default void rejectsABodyCutOrContinued() {
    eachSigned(
        (host, signed) -> {
          String body = new String(signed.body(), StandardCharsets.UTF_8);
          for (String other : new String[] {"", body + " ", body.substring(1)}) {
            byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
            assertRejected(host, signed.body(bytes), "with a body cut or continued");
          }
        });
  }

  @Test
  default void rejectsAWebhookThatLacksAnyHeaderOfItsProof() {
    eachSigned(
        (host, signed) -> {
          assertThat(signed.headers()).as("headers that sign() adds").isNotEmpty();
          for (String name : signed.headers().keySet()) {
            assertRejected(host, signed.withoutHeader(name), "without " + name);
            assertRejected(host, signed.header(name, ""), "with an empty " + name);
          }
        });
  }

  @Test
  default void rejectsAWebhookWithGarbageInAnyHeaderOfItsProof() {
    eachSigned(
        (host, signed) -> {
          for (String name : signed.headers().keySet()) {
            for (String garbage : FakeReply.GARBAGE) {
              assertRejected(
                  host, signed.header(name, garbage), "with '" + garbage + "' as " + name);
            }
          }
        });
  }

  @Test
  default void rejectsAStaleWebhook() {
    eachSigned(
        (host, signed) -> {
          Duration tolerance = assumeTolerance(host);
          Instant now = host.context().clock().instant();
          for (Instant sent :
              new Instant[] {
                now.minus(tolerance).minusSeconds(1), now.plus(tolerance).plusSeconds(1)
              }) {
            assertRejected(
                host,
                signed(host, signed.body(), sent),
                "sent at %s, now %s, tolerance %s".formatted(sent, now, tolerance));
          }
        });
  }

  @Test
  default void acceptsAWebhookJustFreshEnough() {
    eachSigned(
        (host, signed) -> {
          Instant sent =
              host.context().clock().instant().minus(assumeTolerance(host)).plusSeconds(1);
          assertAccepted(host, signed(host, signed.body(), sent), "almost too old");
        });
  }

  @Test
  default void acceptsAnOldWebhookWhenFreshnessIsNotChecked() {
    eachSigned(
        FakeConfig::withoutWebhookTolerance,
        (host, signed) -> {
          Instant sent = host.context().clock().instant().minus(Duration.ofDays(30));
          assertAccepted(
              host, signed(host, signed.body(), sent), "of last month, with no tolerance set");
        });
  }

  @Test
  default void acceptsARetiringSecretBesideTheActiveOne() {
    Secret active = Secret.of("made-up-active-webhook-secret");
    Secret retiring = Secret.of("made-up-retiring-webhook-secret");
    eachSigned(
        config -> config.webhookSecrets(active, retiring),
        (host, signed) -> {
          for (Secret secret : new Secret[] {active, retiring}) {
            FakeWebhook request = signed(host, signed.body(), secret);
            assertAccepted(host, request, "signed with one of VendorConfig.webhookSecrets()");
          }
        });
  }

  @Test
  default void storesTheEventsBeforeTheAcknowledgement() {
    eachSigned(
        (host, signed) -> {
          assertThat(host.context().intake().receive(signed).status()).isBetween(200, 299);
          assertThat(host.context().store().events()).isNotEmpty();
        });
  }

  @Test
  default void doesNotAcknowledgeWhatCannotBeStored() {
    eachSigned(
        (host, signed) -> {
          host.context().store().unavailable(true);
          assertThat(host.context().intake().receive(signed).status()).isEqualTo(503);
        });
  }

  @Test
  default void storesNothingOfAForgedWebhook() {
    eachSigned(
        (host, signed) -> {
          FakeWebhook forged = signed(host, signed.body(), Secret.of("another-secret"));
          assertThat(host.context().intake().receive(forged).status()).isEqualTo(401);
          assertThat(host.context().store().events()).isEmpty();
          assertThat(host.context().store().quarantine()).isEmpty();
        });
  }

  @Test
  default void keepsASignedWebhookThatCannotBeRead() {
    eachSigned(
        (host, signed) -> {
          FakeWebhook unreadable =
              signed(host, new byte[] {'{'}, host.context().config().webhookSecrets().getFirst());
          assertThat(host.context().intake().receive(unreadable).status()).isEqualTo(400);
          assertThat(host.context().store().quarantine()).hasSize(1);
        });
  }

  private static void assertAccepted(FakeHost host, FakeWebhook webhook, String how) {
    assertThat(host.connector().verifyWebhook(webhook))
        .as("verifyWebhook of a webhook %s; WebhookVerifier, or sign() in the test, is amiss", how)
        .isTrue();
  }

  private static void assertRejected(FakeHost host, FakeWebhook webhook, String how) {
    assertThat(host.connector().verifyWebhook(webhook))
        .as("verifyWebhook of a webhook %s; WebhookVerifier checks all that is needed", how)
        .isFalse();
  }

  /** One sample's webhook, signed now with the active secret, at a host of its own. */
  private void eachSigned(SignedCase each) {
    eachSigned(UnaryOperator.identity(), each);
  }

  private void eachSigned(UnaryOperator<FakeConfig> settings, SignedCase each) {
    assumeTrue(
        factory().descriptor().webhooks().equals(Optional.of(WebhookTrust.SIGNED)),
        "the vendor signs no webhooks");
    assertThat(events()).as("samples of webhooks in events()").isNotEmpty();
    for (EventSample sample : events()) {
      try (FakeHost host = FakeHost.of(factory(), config -> settings.apply(configure(config)))) {
        Secret active = host.context().config().webhookSecrets().getFirst();
        each.check(host, signed(host, sample.body(), active));
      }
    }
  }

  private FakeWebhook signed(FakeHost host, byte[] body, Secret secret) {
    Instant now = host.context().clock().instant();
    return sign(FakeWebhook.post(body, now), secret, now);
  }

  private FakeWebhook signed(FakeHost host, byte[] body, Instant sentAt) {
    Instant now = host.context().clock().instant();
    Secret active = host.context().config().webhookSecrets().getFirst();
    return sign(FakeWebhook.post(body, now), active, sentAt);
  }

  private static Duration assumeTolerance(FakeHost host) {
    Optional<Duration> tolerance = host.context().config().webhookTolerance();
    assumeTrue(tolerance.isPresent(), "the freshness of this vendor's webhooks is not checked");
    return tolerance.orElseThrow();
  }

  /** What is checked on each signed sample. */
  interface SignedCase {
    void check(FakeHost host, FakeWebhook signed);
  }
}
