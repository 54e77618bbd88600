package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Anybody can send a webhook that does not verify; nobody can fill the log with them. */
@Isolated("it reads the log, which all share")
final class RefusedWebhooksTest {
  @Test
  void theFirstIsToldAtOnceAndTheOthersAsANumber(@TempDir Path folder) {
    try (CapturedLog log = new CapturedLog()) {
      try (RunningHost host = new RunningHost(TestDatabase.SQLITE, folder)) {
        for (int i = 0; i < 30; i++) {
          assertThat(host.api().withoutKey().post("/webhooks/acme", "{}").status()).isEqualTo(401);
        }
        assertThat(refusals(log)).hasSize(1).first().asString().contains("127.0.0.1", "acme");

        host.clock.advance(Duration.ofMinutes(6));
        assertThat(host.api().withoutKey().post("/webhooks/acme", "{}").status()).isEqualTo(401);
        Awaitility.await().until(() -> summaries(log).size() == 1);
        assertThat(summaries(log)).first().asString().contains("29 more", "127.0.0.1", "acme");
        assertThat(refusals(log)).hasSize(2);
        host.api().withoutKey().post("/webhooks/acme", "{}");
      }
      assertThat(summaries(log)).as("the end tells the rest").hasSize(2);
    }
  }

  private static List<String> refusals(CapturedLog log) {
    return log.lines().stream().filter(line -> line.startsWith("Webhook refused")).toList();
  }

  private static List<String> summaries(CapturedLog log) {
    return log.lines().stream()
        .filter(line -> line.contains("more webhooks were refused"))
        .toList();
  }
}
