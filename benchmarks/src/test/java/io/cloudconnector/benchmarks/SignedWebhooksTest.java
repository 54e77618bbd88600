package io.cloudconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedWebhooksTest {
  @Test
  void aSleepTellsItsNumber() {
    for (long number : new long[] {0, 1, 1_000_000_007L}) {
      assertThat(SignedWebhooks.number(SignedWebhooks.sleep(number))).isEqualTo(number);
    }
  }

  @Test
  void noTwoAreTheSameAndPeopleTakeTurns() {
    SignedWebhooks webhooks = new SignedWebhooks(2);
    assertThat(webhooks.skip(1)).isZero();
    List<String> all =
        webhooks.take(4, "/webhooks/whoop").stream()
            .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
            .toList();
    assertThat(new HashSet<>(all)).hasSize(4);
    assertThat(all.getFirst()).startsWith("POST /webhooks/whoop HTTP/1.1\r\n").contains("10001");
    assertThat(all.get(1)).contains("10000");
    assertThat(webhooks.next()).isEqualTo(5);
  }
}
