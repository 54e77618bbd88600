package io.cloudconnector.core;

import static io.cloudconnector.core.TestVendor.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.VendorServer.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudConnectorBaseTest {
  private static final Credentials FIRST = Credentials.access(Secret.of("first"));
  private static final Credentials SECOND = Credentials.access(Secret.of("second"));
  private static final String PATH = "/api/v2/sleep/s-1";

  private final TestVendor vendor = new TestVendor();
  private final Acme acme = new Acme(vendor);

  @AfterEach
  void close() {
    vendor.close();
  }

  @Test
  void renewsOnceAndNoMoreWhenRefused() {
    vendor.server.answer(PATH, Answer.status(401));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST, SECOND)))
        .isInstanceOf(OAuthException.class)
        .hasMessage("acme answered 401 to GET 127.0.0.1" + PATH + ", credentials renewed");
    assertThat(tokens()).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void goesOnWithRenewedCredentials() {
    vendor.server.answer(PATH, Answer.status(401), Answer.json(200, "{}"));
    assertThat(fetch(vendor.link(FIRST, SECOND))).isInstanceOf(FetchResult.Found.class);
    assertThat(tokens()).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void judgesTheSecondAnswerLikeAFirst() {
    vendor.server.answer(PATH, Answer.status(401), Answer.status(503));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST, SECOND)))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
  }

  @Test
  void stopsWhenNothingCanBeRenewed() {
    vendor.server.answer(PATH, Answer.status(401));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST))).isInstanceOf(TokenException.class);
    assertThatThrownBy(() -> fetch(vendor.link())).isInstanceOf(TokenException.class);
    assertThat(tokens()).hasSize(1);
  }

  @Test
  void tellsWhyTheVendorRefusedWhereTheConnectorCanRead() {
    vendor.server.answer(
        PATH, Answer.status(422).header("X-Why", "no such day; asked by ann@example.com"));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST)))
        .isInstanceOf(VendorApiException.class)
        .hasMessage("acme answered 422 to GET 127.0.0.1" + PATH + ": no such day; asked by ***");
  }

  @Test
  void doesNotRenewWhatIsNotPermitted() {
    vendor.server.answer(PATH, Answer.html(403));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST, SECOND)))
        .isInstanceOf(OAuthException.class)
        .hasMessage("acme answered 403 to GET 127.0.0.1" + PATH);
    assertThat(tokens()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 408, 410, 422, 500, 503})
  void tellsAnyOtherStatus(int status) {
    vendor.server.answer(PATH, Answer.html(status));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST)))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30                            | PT30S",
        "0                             | PT0S",
        "Mon, 23 Nov 2026 12:02:00 GMT | PT2M",
        "Mon, 23 Nov 2026 11:00:00 GMT | PT0S"
      })
  void waitsAsLongAsTheVendorSays(String header, Duration wait) {
    vendor.server.answer(
        PATH, Answer.status(429).header("Retry-After", header).header("X-Reset", "600"));
    assertThat(waitOf(vendor.link(FIRST))).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "99999999999999999999"})
  void fallsBackToTheLatestResetOfUsedUpLimits(String header) {
    vendor.server.answer(
        PATH, Answer.status(429).header("Retry-After", header).header("X-Reset", "600"));
    assertThat(waitOf(vendor.link(FIRST))).contains(Duration.ofMinutes(10));
  }

  @Test
  void doesNotInventAWait() {
    vendor.server.answer(PATH, Answer.status(429));
    assertThat(waitOf(vendor.link(FIRST))).isEmpty();
  }

  @Test
  void findsNothingOn404() {
    vendor.server.answer(PATH, Answer.status(404));
    assertThat(fetch(vendor.link(FIRST))).isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void handsOnTheVendorsBytes() {
    String body = "{ \"id\": \"s-1\", \"score\": 1.10000000000000000001 }\n";
    vendor.server.answer(PATH, Answer.json(200, body));
    FetchResult result = fetch(vendor.link(FIRST));
    assertThat(result)
        .isInstanceOfSatisfying(
            FetchResult.Found.class,
            found -> {
              assertThat(found.documents()).hasSize(1);
              assertThat(found.documents().getFirst().bytes())
                  .isEqualTo(body.getBytes(StandardCharsets.UTF_8));
              assertThat(found.documents().getFirst().resource())
                  .isEqualTo(Resource.one("sleep", "s-1"));
            });
  }

  @Test
  void letsTheConnectorJudgeASuccess() {
    vendor.server.answer(PATH, Answer.json(200, "{}").header("X-Error", "yes"));
    assertThatThrownBy(() -> fetch(vendor.link(FIRST)))
        .isInstanceOf(VendorApiException.class)
        .hasMessage("error inside");
  }

  @Test
  void callsForTheApplicationWithWhatTheCallCarriesAlone() {
    vendor.server.answer("/api/hooks", Answer.json(200, "[]"));
    HttpCall list = HttpCall.get(acme.url("/hooks")).header("X-app", "ours");
    assertThat(acme.call(list).map(HttpReply::status)).contains(200);
    assertThat(vendor.server.only().headers())
        .containsEntry("X-app", "ours")
        .doesNotContainKey("Authorization");
  }

  @Test
  void findsNothingForTheApplicationOn404() {
    assertThat(applicationCall(Answer.status(404))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"401 | ; check the client id and the client secret", "403 | ''"})
  void tellsThatTheVendorRefusesTheApplication(int status, String advice) {
    assertThatThrownBy(() -> applicationCall(Answer.status(status)))
        .isInstanceOf(OAuthException.class)
        .hasMessage("acme answered " + status + " to GET 127.0.0.1/api/hooks" + advice);
    assertThat(vendor.server.seen()).hasSize(1);
  }

  @Test
  void judgesCallsForTheApplicationLikeThoseForAPerson() {
    assertThatThrownBy(() -> applicationCall(Answer.status(429).header("Retry-After", "30")))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(30)));
    assertThatThrownBy(() -> applicationCall(Answer.status(422).header("X-Why", "no such topic")))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(422))
        .hasMessageEndingWith(": no such topic");
    assertThatThrownBy(() -> applicationCall(Answer.status(200).header("X-Error", "yes")))
        .hasMessage("error inside");
  }

  private Optional<HttpReply> applicationCall(Answer answer) {
    vendor.server.answer("/api/hooks", answer);
    return acme.call(HttpCall.get(acme.url("/hooks")));
  }

  @Test
  void joinsPathsToABaseThatEndsInASlash() {
    vendor.endpoints.put("base", URI.create("https://api.example.com/v2/"));
    assertThat(acme.url("/sleep")).isEqualTo(URI.create("https://api.example.com/v2/sleep"));
  }

  @Test
  void keepsTheInheritedMethods() {
    TestVendor.Link link = vendor.link(FIRST);
    assertThat(acme.linking()).isSameAs(acme.linking());
    assertThat(acme.buildAuthorizationUrl(vendor.attempt())).isInstanceOf(LinkStep.Redirect.class);
    vendor.server.answer("/token", Answer.json(200, "{\"access_token\":\"a\"}"));
    assertThat(
            acme.exchangeCode(vendor.attempt(), TestVendor.answer(Map.of("code", "c")))
                .credentials()
                .accessToken())
        .isEqualTo(Secret.of("a"));
    assertThat(acme.refreshIfNeeded(link)).isSameAs(FIRST);
    assertThat(acme.processWebhook(TestRequest.of("POST")).status()).isEqualTo(202);
    assertThat(acme.checkRateLimit(link)).isTrue();
    assertThat(acme.getRateLimitStatus(link)).isEmpty();
    acme.revokeTokens(link);
    assertThatThrownBy(link::credentials).isInstanceOf(TokenException.class);
  }

  private FetchResult fetch(Connection connection) {
    return acme.fetchData(connection, Resource.one("sleep", "s-1"));
  }

  private Optional<Duration> waitOf(Connection connection) {
    try {
      fetch(connection);
    } catch (RateLimitException limited) {
      return limited.retryAfter();
    }
    throw new AssertionError("no limit met");
  }

  private List<String> tokens() {
    return vendor.server.seen().stream()
        .map(seen -> String.valueOf(seen.headers().get("Authorization")))
        .toList();
  }

  private static final class Acme extends CloudConnectorBase {
    Acme(TestVendor vendor) {
      super(vendor, OAuth.code());
    }

    @Override
    public boolean verifyWebhook(WebhookRequest request) {
      return false;
    }

    @Override
    public List<WebhookEvent> parseEvents(WebhookRequest request) {
      return List.of();
    }

    @Override
    public FetchResult fetchData(Connection connection, Resource resource) {
      return document(
          connection, resource, "/v2/" + resource.type() + "/" + resource.id().orElseThrow());
    }

    @Override
    public List<LimitReading> readLimits(HttpReply reply) {
      return reply
          .header("X-Reset")
          .map(
              seconds ->
                  List.of(
                      LimitReading.of(3, NOW.plusSeconds(9999)),
                      LimitReading.of(0, NOW.plusSeconds(Long.parseLong(seconds))),
                      LimitReading.of(0, NOW.plusSeconds(1))))
          .orElse(List.of());
    }

    @Override
    protected Optional<String> reason(HttpReply refusal) {
      return refusal.header("X-Why");
    }

    @Override
    protected void judge(HttpReply reply) {
      if (reply.header("X-Error").isPresent()) {
        throw new VendorApiException("error inside", 0);
      }
    }
  }
}
