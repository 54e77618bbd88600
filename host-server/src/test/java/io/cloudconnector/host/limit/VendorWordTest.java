package io.cloudconnector.host.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.CapturedLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it reads the log, which all share")
class VendorWordTest {
  private static final HttpReply ANSWER = LimitTest.reply(200, Map.of());

  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final VendorWord word =
      new VendorWord(
          new VendorType("acme"),
          List.of(),
          answer -> {
            if (broken.get()) {
              throw new IllegalStateException("a bug of the connector");
            }
            return List.of();
          });

  @Test
  void aConnectorThatCannotReadLimitsIsToldOfOnceUntilItCan() {
    assertThat(linesOfTenAnswers()).isEqualTo(1);
    broken.set(false);
    assertThat(linesOfTenAnswers()).isZero();
    broken.set(true);
    assertThat(linesOfTenAnswers()).isEqualTo(1);
  }

  private long linesOfTenAnswers() {
    try (CapturedLog log = new CapturedLog()) {
      for (int answer = 0; answer < 10; answer++) {
        assertThat(word.readings(ANSWER)).isEmpty();
      }
      return log.lines().stream().filter(line -> line.contains("limit headers")).count();
    }
  }
}
