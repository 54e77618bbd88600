package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeLimitsTest {
  private static final Instant START = Instant.parse("2026-01-15T08:00:30Z");

  private final SettableClock clock = SettableClock.at(START);

  @Test
  void keepsWhatIsDeclaredOnceToldTo() {
    FakeLimits limits = limits(RateLimitConfig.of(2, Duration.ofMinutes(1)));
    spend(limits, call(), 5);
    assertThat(limits.calls()).hasSize(5);

    clock.advance(Duration.ofHours(1));
    limits.asDeclared();
    spend(limits, call(), 1);
    clock.advance(Duration.ofSeconds(40));
    spend(limits, call(), 1);

    assertRefused(limits, call(), Duration.ofSeconds(20));
    clock.advance(Duration.ofSeconds(20));
    spend(limits, call(), 1);
  }

  @Test
  void beginsAWindowOfTheClockWhenTheVendorDoes() {
    FakeLimits limits = limits(RateLimitConfig.of(1, Duration.ofMinutes(1)).aligned());
    limits.asDeclared();
    spend(limits, call(), 1);

    assertRefused(limits, call(), Duration.ofSeconds(30));
    clock.advance(Duration.ofSeconds(30));
    spend(limits, call(), 1);
  }

  @Test
  void countsOnlyTheCallsThatALimitIsFor() {
    FakeLimits limits = limits(RateLimitConfig.of(1, Duration.ofMinutes(1)).onlyTagged("series"));
    limits.asDeclared();
    spend(limits, call(), 3);
    spend(limits, call().tag("series"), 1);

    spend(limits, call(), 1);
    assertRefused(limits, call().tag("series"), Duration.ofMinutes(1));
  }

  @Test
  void showsWhatIsLeft() {
    try (FakeHost host = FakeHost.of(new HelloConnectorFactory())) {
      FakeConnection anyone = host.connection(Credentials.access(Secret.of("a")));
      FakeLimits limits = limits(RateLimitConfig.of(3, Duration.ofMinutes(1)));
      limits.asDeclared();
      spend(limits, call(), 1);

      assertThat(limits.allows(anyone, 2)).isTrue();
      assertThat(limits.allows(anyone, 3)).isFalse();
      LimitStatus status = limits.status(anyone).getFirst();
      assertThat(status.remaining()).isEqualTo(2);
      assertThat(status.resetAt()).isEqualTo(START.plusSeconds(60));
    }
  }

  private FakeLimits limits(RateLimitConfig limit) {
    return new FakeLimits(List.of(limit), clock);
  }

  private static HttpCall call() {
    return HttpCall.get(URI.create("https://api.acme.example/v1"));
  }

  private static void spend(FakeLimits limits, HttpCall call, int times) {
    for (int i = 0; i < times; i++) {
      limits.enter(call).answered(FakeReply.status(200));
    }
  }

  private static void assertRefused(FakeLimits limits, HttpCall call, Duration wait) {
    assertThatThrownBy(() -> limits.enter(call))
        .isInstanceOfSatisfying(
            RateLimitException.class, e -> assertThat(e.retryAfter()).contains(wait));
  }
}
