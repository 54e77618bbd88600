package io.cloudconnector.oura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.Json;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.FakeSubscriptionRequest;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How what Oura has is made equal to what is wanted, call by call. */
class OuraSubscriptionsTest {
  private static final Instant NOW = Instant.parse("2026-01-15T08:00:00Z");
  private static final String OURS = "https://connect.example.com/webhooks/oura";
  private static final String THEIRS = "https://other.example.com/hooks";
  private static final String LIST = "/base/v2/webhook/subscription";
  private static final String FAR = "2026-04-01T00:00:00.123456";
  private static final String NEAR = "2026-01-22T07:59:59";

  private final FakeHost host = FakeHost.of(new OuraConnectorFactory());

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void subscribesEachKindOfChangeOfEachWantedTypeThatHasWebhooks() {
    has();
    created();

    SubscriptionResult.UpToDate result = upToDate("sleep", "vo2_max", "heartrate", "personal_info");

    assertThat(made("POST", LIST).map(OuraSubscriptionsTest::topic))
        .containsExactlyInAnyOrder(
            "sleep create",
            "sleep update",
            "sleep delete",
            "vo2_max create",
            "vo2_max update",
            "vo2_max delete");
    assertThat(made("POST", LIST))
        .allSatisfy(
            call -> {
              Json body = body(call);
              assertThat(body.at("/callback_url").text()).isEqualTo(OURS);
              assertThat(body.at("/verification_token").text()).isEqualTo(token());
            });
    assertThat(result.ours()).hasSize(6);
    assertThat(result.checkAgainAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void provesTheApplicationByTwoHeadersAndNoToken() {
    has();
    created();

    upToDate("sleep");

    assertThat(host.vendor().calls())
        .allSatisfy(
            call -> {
              assertThat(call.header("x-client-id")).contains(host.context().config().clientId());
              assertThat(call.header("x-client-secret"))
                  .contains(host.context().config().clientSecret().reveal());
              assertThat(call.header("Authorization")).isEmpty();
            });
  }

  @Test
  void changesNothingThatIsAsWanted() {
    has(ours("a", "create", FAR), ours("b", "update", FAR), ours("c", "delete", FAR));

    SubscriptionResult.UpToDate result = upToDate("sleep");

    assertThat(calls()).containsExactly("GET " + LIST);
    assertThat(result.ours())
        .extracting(Subscription::id, Subscription::event)
        .containsExactly(
            tuple(Optional.of("a"), Optional.of("create")),
            tuple(Optional.of("b"), Optional.of("update")),
            tuple(Optional.of("c"), Optional.of("delete")));
    assertThat(result.ours().getFirst().expiresAt())
        .contains(Instant.parse("2026-04-01T00:00:00.123456Z"));
    assertThat(result.ours().getFirst().callbackUrl()).isEqualTo(URI.create(OURS));
  }

  @ParameterizedTest
  @ValueSource(strings = {NEAR, "2026-01-22T08:59:59+01:00", "2025-12-01T00:00:00", "", "whenever"})
  void renewsWhatHasLessThanAWeekOrAnEndThatCannotBeRead(String end) {
    has(ours("a", "create", end), ours("b", "update", FAR), ours("c", "delete", FAR));
    host.vendor().on("PUT", LIST + "/renew/a", json(200, ours("a", "create", FAR)));

    SubscriptionResult.UpToDate result = upToDate("sleep");

    assertThat(calls()).containsExactly("GET " + LIST, "PUT " + LIST + "/renew/a");
    assertThat(result.ours()).hasSize(3).noneMatch(each -> each.expiresAt().isEmpty());
  }

  @Test
  void looksAgainInTimeForTheNextRenewal() {
    has(
        ours("a", "create", "2026-01-22T20:00:00"),
        ours("b", "update", FAR),
        ours("c", "delete", FAR));

    assertThat(upToDate("sleep").checkAgainAt()).isEqualTo(Instant.parse("2026-01-15T20:00:00Z"));
  }

  @Test
  void doesNotLookAgainAtOnceWhenRenewalBringsNothing() {
    has(ours("a", "create", NEAR), ours("b", "update", FAR), ours("c", "delete", FAR));
    host.vendor().on("PUT", LIST + "/renew/a", json(200, ours("a", "create", NEAR)));

    assertThat(upToDate("sleep").checkAgainAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void makesAnewWhatOuraHasDropped() {
    has(ours("b", "update", FAR), ours("c", "delete", NEAR));
    host.vendor().on("PUT", LIST + "/renew/c", StubReply.status(403));
    created();

    SubscriptionResult.UpToDate result = upToDate("sleep");

    assertThat(made("POST", LIST).map(OuraSubscriptionsTest::topic))
        .containsExactlyInAnyOrder("sleep create", "sleep delete");
    assertThat(result.ours()).hasSize(3);
  }

  @Test
  void deletesWhatIsOursAndNotWantedOrDouble() {
    has(
        ours("a", "create", FAR),
        ours("twin", "create", "2026-03-01T00:00:00"),
        ours("b", "update", FAR),
        ours("c", "delete", FAR),
        entry("w", OURS, "workout", "update", FAR),
        entry("n", OURS, "daily_cycle_phases", "update", FAR),
        entry("t", THEIRS, "workout", "create", FAR),
        entry("m", THEIRS, "meal", "create", FAR));
    for (String id : List.of("twin", "w", "n")) {
      host.vendor().on("DELETE", LIST + "/" + id, StubReply.status(204));
    }

    SubscriptionResult.UpToDate result = upToDate("sleep");

    assertThat(calls())
        .containsExactlyInAnyOrder(
            "GET " + LIST,
            "DELETE " + LIST + "/twin",
            "DELETE " + LIST + "/w",
            "DELETE " + LIST + "/n");
    assertThat(result.ours()).hasSize(3);
    assertThat(result.elsewhere()).isEmpty();
  }

  @Test
  void removesAllOfOursWhenNothingIsWantedAlsoWhatIsGoneAlready() {
    has(ours("a", "create", FAR), entry("t", THEIRS, "sleep", "update", FAR));
    host.vendor().on("DELETE", LIST + "/a", StubReply.status(403));

    SubscriptionResult.UpToDate result = upToDate();

    assertThat(calls()).containsExactly("GET " + LIST, "DELETE " + LIST + "/a");
    assertThat(result.ours()).isEmpty();
  }

  @Test
  void leavesAloneWhatPointsElsewhereAndTellsOfIt() {
    has(
        entry("t", THEIRS, "sleep", "update", FAR),
        entry("close", OURS + "/", "sleep", "delete", FAR));
    created();

    SubscriptionResult.UpToDate result = upToDate("sleep");

    assertThat(made("POST", LIST).map(OuraSubscriptionsTest::topic))
        .containsExactly("sleep create");
    assertThat(result.elsewhere())
        .extracting(each -> each.callbackUrl() + " " + each)
        .containsExactlyInAnyOrder(THEIRS + " sleep update", OURS + "/ sleep delete");
  }

  @Test
  void takesOverWhatPointsElsewhereWhereTheOperatorSaysSo() {
    has(
        entry("t", THEIRS, "sleep", "update", FAR),
        entry("gone", THEIRS, "sleep", "delete", FAR),
        ours("a", "create", FAR));
    host.vendor()
        .on("PUT", LIST + "/t", json(200, ours("t", "update", NEAR)))
        .on("PUT", LIST + "/renew/t", json(200, ours("t", "update", FAR)))
        .on("PUT", LIST + "/gone", StubReply.status(403));
    created();

    SubscriptionResult.UpToDate result = upToDate(wanting("sleep").takingOver());

    Json change = body(made("PUT", LIST + "/t").findFirst().orElseThrow());
    assertThat(change.at("/callback_url").text()).isEqualTo(OURS);
    assertThat(change.at("/verification_token").text()).isEqualTo(token());
    assertThat(made("POST", LIST).map(OuraSubscriptionsTest::topic))
        .containsExactly("sleep delete");
    assertThat(result.ours()).hasSize(3);
    assertThat(result.elsewhere()).isEmpty();
  }

  @Test
  void looksOnceMoreWhenSomebodyWasQuicker() {
    host.vendor()
        .on(
            "GET",
            LIST,
            json(200, "[]"),
            json(
                200,
                "[%s,%s,%s]"
                    .formatted(
                        ours("a", "create", FAR),
                        ours("b", "update", FAR),
                        entry("t", THEIRS, "sleep", "delete", FAR))))
        .on("POST", LIST, StubReply.status(409));

    SubscriptionResult.UpToDate result = upToDate("sleep");

    assertThat(result.ours()).hasSize(2);
    assertThat(result.elsewhere()).hasSize(1);
  }

  @Test
  void tellsOfAConflictThatNobodyCanSee() {
    has();
    host.vendor().on("POST", LIST, StubReply.status(409));

    assertThatThrownBy(() -> upToDate("sleep"))
        .isInstanceOfSatisfying(
            VendorApiException.class, fault -> assertThat(fault.statusCode()).isEqualTo(409));
  }

  @Test
  void goesOnWithTheOthersWhenOneIsRefusedAndTellsOfItAtTheEnd() {
    has(entry("w", OURS, "workout", "update", FAR), ours("c", "delete", NEAR));
    host.vendor()
        .on("DELETE", LIST + "/w", StubReply.status(500))
        .on("PUT", LIST + "/renew/c", json(200, ours("c", "delete", FAR)))
        .on(
            "POST",
            LIST,
            json(
                422,
                """
                {"detail":[{"loc":["body","data_type"],"msg":"no such type","type":"enum"}]}"""),
            json(201, ours("b", "update", FAR)));

    assertThatThrownBy(() -> upToDate("sleep"))
        .isInstanceOf(VendorApiException.class)
        .hasMessageContaining("2 webhook subscriptions could not")
        .hasMessageNotContaining(token());
    assertThat(calls())
        .containsExactlyInAnyOrder(
            "GET " + LIST,
            "DELETE " + LIST + "/w",
            "POST " + LIST,
            "POST " + LIST,
            "PUT " + LIST + "/renew/c");
  }

  @Test
  void tellsInFewWordsWhyOuraRefuses() {
    has();
    host.vendor()
        .on("POST", LIST, json(422, "{\"detail\":\"callback 'https://x/?k=1' is unreachable\"}"));

    assertThatThrownBy(() -> upToDate("sleep"))
        .hasMessageContaining("422")
        .hasMessageContaining("callback *** is unreachable");
  }

  @Test
  void endsAtOnceWhereEveryOtherWouldFailToo() {
    has();
    host.vendor().on("POST", LIST, StubReply.status(429).header("Retry-After", "7"));
    assertThatThrownBy(() -> upToDate("sleep"))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            limited -> assertThat(limited.retryAfter()).contains(Duration.ofSeconds(7)));
    assertThat(made("POST", LIST)).hasSize(1);

    host.vendor().on("POST", LIST, StubReply.status(401));
    assertThatThrownBy(() -> upToDate("sleep")).isInstanceOf(OAuthException.class);
    assertThat(made("POST", LIST)).hasSize(2);

    host.vendor().on("POST", LIST, json(201, ours("a", "create", FAR)).cutOff());
    assertThatThrownBy(() -> upToDate("sleep"))
        .isInstanceOfSatisfying(
            VendorApiException.class, fault -> assertThat(fault.statusCode()).isZero());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"callback_url\":\"%s\",\"event_type\":\"create\",\"data_type\":\"sleep\"}",
        "{\"id\":\"../x\",\"callback_url\":\"%s\",\"event_type\":\"create\",\"data_type\":\"sleep\"}",
        "{\"id\":\"a\",\"callback_url\":\"not an address\",\"event_type\":\"e\",\"data_type\":\"d\"}",
        "17"
      })
  void leavesAloneWhatItCannotRead(String unreadable) {
    has(
        unreadable.replace("%s", OURS),
        ours("a", "create", FAR),
        ours("b", "update", FAR),
        ours("c", "delete", FAR));

    assertThat(upToDate("sleep").ours()).hasSize(3);
    assertThat(calls()).containsExactly("GET " + LIST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html></html>", ""})
  void changesNothingWhenTheListIsNone(String list) {
    host.vendor().on("GET", LIST, json(200, list));

    assertThatThrownBy(() -> upToDate("sleep")).isInstanceOf(VendorApiException.class);
    assertThat(calls()).containsExactly("GET " + LIST);
  }

  private void has(String... entries) {
    host.vendor().on("GET", LIST, json(200, "[" + String.join(",", entries) + "]"));
  }

  /** Whatever is asked for, since the stub does not look. */
  private void created() {
    host.vendor().on("POST", LIST, json(201, ours("new", "create", FAR)));
  }

  private static String ours(String id, String event, String end) {
    return entry(id, OURS, "sleep", event, end);
  }

  private static String entry(String id, String callback, String type, String event, String end) {
    return OuraSamples.subscription(id, callback, type, event, end);
  }

  private static StubReply json(int status, String text) {
    return StubReply.json(status, text);
  }

  private SubscriptionResult.UpToDate upToDate(String... wanted) {
    return upToDate(wanting(wanted));
  }

  private static FakeSubscriptionRequest wanting(String... types) {
    return FakeSubscriptionRequest.wanting(Set.of(types)).callbackUrl(URI.create(OURS));
  }

  private SubscriptionResult.UpToDate upToDate(SubscriptionRequest request) {
    SubscriptionResult result = host.connector().subscriptions().orElseThrow().reconcile(request);
    assertThat(result).isInstanceOf(SubscriptionResult.UpToDate.class);
    return (SubscriptionResult.UpToDate) result;
  }

  private String token() {
    return host.context().state().read(OuraHandshake.TOKEN).orElseThrow().reveal();
  }

  private List<String> calls() {
    return host.vendor().calls().stream().map(RecordedCall::toString).toList();
  }

  private Stream<RecordedCall> made(String method, String path) {
    return host.vendor().calls(path).stream().filter(call -> call.method().equals(method));
  }

  private static String topic(RecordedCall call) {
    Json body = body(call);
    return body.at("/data_type").text() + " " + body.at("/event_type").text();
  }

  private static Json body(RecordedCall call) {
    return Json.parse(call.body().getBytes(StandardCharsets.UTF_8));
  }
}
