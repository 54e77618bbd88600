package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.host.delivery.Consumer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A webhook that was taken out of the configuration for longer than events are kept. */
@Isolated("it reads the log, which all share")
final class ForgottenEventsTest extends HostTest {
  @Test
  void theOperatorIsToldOnceOfEventsThatWereForgottenBeforeTheWebhookHadThem() {
    try (Consumer consumer = new Consumer();
        CapturedLog log = new CapturedLog()) {
      String webhook =
          "\ndelivery: { webhook: { url: '%s', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw } }"
              .formatted(consumer.url());
      host.link("anna");
      restart(webhook);
      await().until(() -> api.get("/v1/delivery").json().get("lagEvents").asInt() == 0);
      restart("");
      host.link("ben");
      host.clock.advance(Duration.ofHours(3));
      restart("\ndelivery: { retention: { maxAge: 1h } }");
      await().until(() -> api.events().isEmpty());
      assertThat(told(log)).isZero();

      restart(webhook);
      host.link("cid");
      await().until(() -> consumer.taken().size() == 2);

      assertThat(consumer.taken())
          .extracting(Consumer.Request::user)
          .containsExactly("anna", "cid");
      restart(webhook);
      host.link("dan");
      await().until(() -> consumer.taken().size() == 3);
      assertThat(told(log)).isOne();
    }
  }

  private static long told(CapturedLog log) {
    return log.lines().stream()
        .filter(
            line ->
                line.startsWith(
                    "Events were forgotten before the delivery webhook had them, while it was not"
                        + " configured; it goes on with the oldest that is kept"))
        .count();
  }
}
