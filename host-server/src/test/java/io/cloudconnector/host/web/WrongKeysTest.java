package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.CapturedLog;
import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.config.AddressRange;
import io.cloudconnector.host.config.ForwardedHeader;
import io.cloudconnector.host.config.ProxySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Who keeps trying keys is put off, and nobody else. */
@Isolated("it reads the log, which all share")
final class WrongKeysTest {
  private static final ProxySettings PROXY =
      new ProxySettings(List.of(AddressRange.parse("127.0.0.1")), ForwardedHeader.X_FORWARDED_FOR);

  @Test
  void tooManyWrongKeysAreAnswered429UntilTheWindowEnds() throws IOException {
    try (TestServer server = TestServer.usual()) {
      for (int i = 0; i < WrongKeys.FREE; i++) {
        assertThat(with(server, "wrong-" + i)).startsWith("HTTP/1.1 401 ");
      }
      server.clock.advance(Duration.ofMinutes(1));
      assertThat(with(server, "wrong"))
          .startsWith("HTTP/1.1 429 ")
          .containsPattern("Retry-After: 2[34][0-9]\r\n")
          .contains("\"type\":\"too-many-wrong-keys\"");

      server.clock.advance(WrongKeys.WINDOW);
      assertThat(with(server, "wrong")).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void aRightKeyPassesFromWhereWrongOnesCame() throws IOException {
    try (TestServer server = TestServer.usual()) {
      tryTooOften(server, "");

      assertThat(with(server, TestServer.KEY)).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void aRequestWithoutAKeyIsNoAttempt() throws IOException {
    try (TestServer server = TestServer.usual()) {
      for (int i = 0; i < 2 * WrongKeys.FREE; i++) {
        assertThat(server.get("/v1/guarded", "")).startsWith("HTTP/1.1 401 ");
      }
    }
  }

  @Test
  void othersBehindTheSameProxyAreNotPutOff() throws IOException {
    try (TestServer server = TestServer.behind(PROXY)) {
      tryTooOften(server, "X-Forwarded-For: 192.0.2.1\r\n");

      String wrong = "Authorization: Bearer wrong\r\n";
      assertThat(server.get("/v1/guarded", wrong + "X-Forwarded-For: 192.0.2.1\r\n"))
          .startsWith("HTTP/1.1 429 ");
      assertThat(server.get("/v1/guarded", wrong + "X-Forwarded-For: 192.0.2.2\r\n"))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void oneLineAndACountTellOfIt() throws IOException {
    try (CapturedLog log = new CapturedLog();
        TestServer server = TestServer.usual()) {
      tryTooOften(server, "");
      tryTooOften(server, "");

      assertThat(log.lines()).filteredOn(line -> line.contains("wrong API keys")).hasSize(1);
      assertThat(log.lines()).noneMatch(line -> line.contains("a-wrong-key"));
      assertThat(server.metrics.scrape())
          .contains("connector_api_wrong_keys_total{answer=\"401\"} 20.0")
          .contains("connector_api_wrong_keys_total{answer=\"429\"} 22.0");
    }
  }

  @Test
  void manySourcesCostNoMemoryAndTheNewestIsKept() {
    SourceCounts counts = new SourceCounts(Duration.ofMinutes(1), 100, new SettableClock());
    Source busy = new Source("busy");
    for (int i = 0; i < 1_000; i++) {
      counts.add(busy);
      counts.add(new Source("one of many " + i));
    }

    assertThat(counts.sources()).isEqualTo(100);
    assertThat(counts.add(busy).number()).isEqualTo(1_001);
    assertThat(counts.add(new Source("one of many 0")).number()).isEqualTo(1);
  }

  @Test
  void aClockThatIsPutBackPutsNobodyOffForLonger() {
    SettableClock clock = new SettableClock();
    SourceCounts counts = new SourceCounts(Duration.ofMinutes(1), 100, clock);
    counts.add(new Source("one"));
    clock.advance(Duration.ofHours(-1));

    SourceCounts.Count count = counts.add(new Source("one"));
    assertThat(count.number()).isEqualTo(1);
    assertThat(count.left()).isEqualTo(Duration.ofMinutes(1));
  }

  private static void tryTooOften(TestServer server, String headers) throws IOException {
    for (int i = 0; i <= WrongKeys.FREE; i++) {
      server.get("/v1/guarded", "Authorization: Bearer a-wrong-key\r\n" + headers);
    }
  }

  private static String with(TestServer server, String key) throws IOException {
    return server.get("/v1/guarded", "Authorization: Bearer " + key + "\r\n");
  }
}
