package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** What a connector reads from the headers that tell of limits. */
interface LimitCases extends ConnectorUnderTest {
  @Test
  default void readsNoLimitsFromAnAnswerWithoutHeaders() {
    readsWithoutFailing(FakeReply.status(200));
  }

  @Test
  default void survivesGarbageInTheHeadersOfLimits() {
    FakeReply.GARBAGE.forEach(
        garbage -> readsWithoutFailing(FakeReply.status(200).everyHeader(garbage)));
    readsWithoutFailing(FakeReply.status(200).everyHeader(""));
  }

  private void readsWithoutFailing(FakeReply reply) {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      assertThatCode(() -> host.connector().readLimits(reply)).doesNotThrowAnyException();
    }
  }
}
