package io.cloudconnector.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.SimulatedLimits.Limit;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedLimitsTest {
  private final TestClock clock = new TestClock();
  private final SimulatedLimits limits =
      new SimulatedLimits(
          clock, new Limit(3, Duration.ofMinutes(1)), new Limit(5, Duration.ofHours(1)));
  private final SimulatedServer server = new SimulatedServer(clock).filter("/api/", limits);
  private final TestClient client = new TestClient();

  @BeforeEach
  void open() {
    server.route("GET", "/api/x", request -> SimulatedReply.empty(200));
    server.start();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private HttpResponse<byte[]> ask() throws IOException {
    return client.get(server.url("/api/x"));
  }

  private int status() throws IOException {
    return ask().statusCode();
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue("X-RateLimit-" + name).orElse("");
  }

  @Test
  void refusesWhatIsMoreThanAnyRollingWindowAllows() throws IOException {
    assertThat(status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(50));
    assertThat(status()).isEqualTo(200);
    assertThat(status()).isEqualTo(200);
    assertThat(status()).isEqualTo(429);
    clock.advance(Duration.ofSeconds(10));
    assertThat(status()).isEqualTo(200);
    assertThat(status()).isEqualTo(429);
    assertThat(limits.refused()).isEqualTo(2);
  }

  @Test
  void aPlaceComesFreeExactlyOneWindowLater() throws IOException {
    limits.set(new Limit(1, Duration.ofMinutes(1)));
    assertThat(status()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(status()).isEqualTo(429);
    clock.advance(Duration.ofMillis(1));
    assertThat(status()).isEqualTo(200);
  }

  @Test
  void theLongerWindowCountsToo() throws IOException {
    for (int i = 0; i < 5; i++) {
      assertThat(status()).isEqualTo(200);
      clock.advance(Duration.ofMinutes(2));
    }
    HttpResponse<byte[]> refused = ask();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Limit")).isEqualTo("5, 3;window=60, 5;window=3600");
    assertThat(header(refused, "Reset")).isEqualTo(Long.toString(3600 - 5 * 120));
  }

  @Test
  void headersTellOfTheWindowNearestToFull() throws IOException {
    HttpResponse<byte[]> first = ask();
    assertThat(header(first, "Limit")).isEqualTo("3, 3;window=60, 5;window=3600");
    assertThat(header(first, "Remaining")).isEqualTo("2");
    assertThat(header(first, "Reset")).isEqualTo("60");
    clock.advance(Duration.ofMillis(30_500));
    HttpResponse<byte[]> second = ask();
    assertThat(header(second, "Remaining")).isEqualTo("1");
    assertThat(header(second, "Reset")).isEqualTo("30");
  }

  @Test
  void saysRetryAfterOnlyWhenToldTo() throws IOException {
    limits.set(new Limit(1, Duration.ofSeconds(20)));
    assertThat(status()).isEqualTo(200);
    assertThat(ask().headers().firstValue("Retry-After")).isEmpty();
    limits.sayRetryAfter(true);
    clock.advance(Duration.ofSeconds(5));
    assertThat(ask().headers().firstValue("Retry-After")).contains("15");
  }

  @Test
  void withoutLimitsAllPass() throws IOException {
    limits.set();
    for (int i = 0; i < 10; i++) {
      assertThat(header(ask(), "Limit")).isEmpty();
    }
    assertThat(limits.refused()).isZero();
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThatThrownBy(() -> new Limit(0, Duration.ofMinutes(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limit(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
