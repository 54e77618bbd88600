package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.FakeLinkAnswer;
import io.cloudconnector.testkit.FakeLinkRequest;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WHOOP's own manner of OAuth and of limits, on the wire. */
class WhoopLinkingTest {
  private static final String TOKENS =
      """
      {"access_token":"made-up-access","refresh_token":"made-up-refresh","expires_in":3600,\
      "scope":"offline read:profile read:sleep","token_type":"bearer"}""";

  private final FakeHost host = FakeHost.of(new WhoopConnectorFactory());

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void asksForEveryScopeAndForARefreshTokenSeparatedBySpaces() {
    LinkStep step = host.connector().linking().begin(FakeLinkRequest.with(host.context()));

    assertThat(step)
        .isInstanceOfSatisfying(
            LinkStep.Redirect.class,
            redirect -> {
              String query = redirect.location().getRawQuery();
              assertThat(query).doesNotContain("code_challenge");
              assertThat(Arrays.stream(parameter(query, "scope").split(" ")))
                  .containsExactlyInAnyOrder(
                      "offline",
                      "read:profile",
                      "read:body_measurement",
                      "read:cycles",
                      "read:sleep",
                      "read:recovery",
                      "read:workout");
            });
  }

  @Test
  void sendsTheSecretInTheFormAndLearnsTheAccountFromTheProfile() {
    host.vendor().on("POST", "/token", StubReply.json(200, TOKENS));
    host.vendor()
        .on("GET", "/base/v2/user/profile/basic", StubReply.json(200, WhoopSamples.PROFILE));

    Linked linked =
        host.connector()
            .linking()
            .complete(FakeLinkRequest.with(host.context()), FakeLinkAnswer.of(Map.of("code", "c")));

    assertThat(linked.accountIds()).containsExactly("" + WhoopSamples.USER_ID);
    assertThat(linked.granted().orElseThrow())
        .containsExactlyInAnyOrder("offline", "read:profile", "read:sleep");
    RecordedCall exchange = host.vendor().calls("/token").getFirst();
    assertThat(exchange.header("Authorization")).isEmpty();
    assertThat(exchange.form("client_id")).contains(host.context().config().clientId());
    assertThat(exchange.form("client_secret"))
        .contains(host.context().config().clientSecret().reveal());
    assertThat(exchange.form("grant_type")).contains("authorization_code");
    assertThat(exchange.form("code_verifier")).isEmpty();
  }

  @Test
  void asksForAnotherRefreshTokenWithEachRefresh() {
    host.vendor().on("POST", "/token", StubReply.json(200, TOKENS));

    host.refresh(credentials());

    RecordedCall refresh = host.vendor().calls("/token").getFirst();
    assertThat(refresh.form("grant_type")).contains("refresh_token");
    assertThat(refresh.form("scope")).contains("offline");
    assertThat(refresh.form("client_secret"))
        .contains(host.context().config().clientSecret().reveal());
    assertThat(refresh.header("Authorization")).isEmpty();
  }

  @Test
  void revokesWithADeleteThatCarriesTheAccessToken() {
    host.vendor().on("DELETE", "/base/v2/user/access", StubReply.status(204));

    assertThat(host.connector().linking().revoke(host.connection(credentials())))
        .isInstanceOf(Revoked.Done.class);
    assertThat(host.vendor().calls("/base/v2/user/access").getFirst().header("Authorization"))
        .contains("Bearer made-up-old-access");
  }

  @Test
  void callsItselfByAName() {
    host.vendor()
        .on("GET", "/base/v2/user/profile/basic", StubReply.json(200, WhoopSamples.PROFILE));

    host.connector().fetchData(host.connection(credentials()), Resource.all("profile"));

    assertThat(host.vendor().calls().getFirst().header("User-Agent").orElseThrow())
        .doesNotContain("Java")
        .isNotBlank();
  }

  @Test
  void waitsForTheResetWhenA429SaysNoRetryAfter() {
    host.vendor()
        .on(
            "GET",
            "/base/v2/cycle",
            StubReply.status(429)
                .header("X-RateLimit-Limit", "100, 100;window=60, 10000;window=86400")
                .header("X-RateLimit-Remaining", "0")
                .header("X-RateLimit-Reset", "42"));

    RateLimitException thrown =
        catchThrowableOfType(
            RateLimitException.class,
            () ->
                host.connector().fetchData(host.connection(credentials()), Resource.all("cycle")));

    assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(42));
  }

  private Credentials credentials() {
    return Credentials.access(Secret.of("made-up-old-access"))
        .refresh(Secret.of("made-up-old-refresh"))
        .accessUntil(host.context().clock().instant().plus(Duration.ofHours(1)));
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
