package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Notice;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import io.cloudconnector.testkit.FakeConfig;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeContext;
import io.cloudconnector.testkit.FakeLinkAnswer;
import io.cloudconnector.testkit.FakeLinkRequest;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.SettableClock;
import io.cloudconnector.testkit.StubReply;
import io.cloudconnector.testkit.StubVendor;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connector against a whole WHOOP cloud, over real HTTP. */
class WhoopCloudTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-15T08:00:00Z"));
  private final WhoopCloud cloud = new WhoopCloud(7, clock);
  private FakeContext context;
  private CloudConnector connector;
  private WhoopPerson person;

  @BeforeEach
  void start() {
    cloud.start();
    person = cloud.person(cloud.addPerson(5));
    WhoopConnectorFactory factory = new WhoopConnectorFactory();
    context =
        FakeContext.builder(factory.descriptor())
            .clock(clock)
            .config(configured(FakeConfig.of(factory.descriptor()), cloud.connectorSettings()))
            .build();
    connector = context.create(factory);
  }

  private static FakeConfig configured(FakeConfig config, Map<String, Object> settings) {
    FakeConfig configured =
        config.client(text(settings, "clientId"), Secret.of(text(settings, "clientSecret")));
    for (String name : List.of("base", "auth", "token", "revoke")) {
      configured = configured.endpoint(name, URI.create(text(settings, name + "Url")));
    }
    return configured;
  }

  private static String text(Map<String, Object> settings, String name) {
    return Optional.ofNullable(settings.get(name)).orElseThrow().toString();
  }

  @AfterEach
  void stop() {
    context.close();
    cloud.close();
  }

  @Test
  void linksTheAccountOfWhoeverConsents() throws Exception {
    Linked linked = link();

    assertThat(linked.accountIds()).containsExactly(person.accountId());
    assertThat(linked.granted().orElseThrow()).isEqualTo(context.config().scopes());
    assertThat(linked.credentials().refreshToken()).isPresent();
    assertThat(linked.credentials().accessUntil().orElseThrow())
        .isAfter(clock.instant().plus(Duration.ofMinutes(50)));
  }

  @Test
  void tellsThatThePersonRefused() throws Exception {
    cloud.oauth().denyNextConsent();

    assertThatThrownBy(this::link)
        .isInstanceOfSatisfying(
            OAuthException.class, e -> assertThat(e.error()).contains("access_denied"));
  }

  @Test
  void fetchesEveryDocumentWithTheBytesThatTheCloudServes() throws Exception {
    FakeConnection connection = connection(link());

    for (String type : List.of("profile", "body_measurement")) {
      assertThat(bytes(connection, Resource.all(type))).isEqualTo(person.document(type, ""));
    }
    for (String type : List.of("cycle", "sleep", "recovery", "workout")) {
      assertThat(person.ids(type)).as(type).isNotEmpty();
      for (String id : person.ids(type)) {
        clock.advance(Duration.ofSeconds(2));
        assertThat(bytes(connection, Resource.one(type, id)))
            .as(type)
            .isEqualTo(person.document(type, id));
      }
    }
    assertThat(cloud.limits().refused()).isZero();
  }

  @Test
  void fetchesTheNewestPageOfEachList() throws Exception {
    FakeConnection connection = connection(link());

    for (String type : List.of("cycle", "sleep", "recovery", "workout")) {
      String newest =
          new String(person.document(type, person.ids(type).getFirst()), StandardCharsets.UTF_8);
      assertThat(new String(bytes(connection, Resource.all(type)), StandardCharsets.UTF_8))
          .as(type)
          .contains("\"records\"")
          .contains(newest);
    }
  }

  @Test
  void findsNoRecoveryOfANap() throws Exception {
    FakeConnection connection = connection(link());
    String nap = person.newNap().id();

    assertThat(bytes(connection, Resource.one("sleep", nap))).isNotEmpty();
    assertThat(connector.fetchData(connection, Resource.one("recovery", nap)))
        .isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void findsNothingOfADeletedSleep() throws Exception {
    FakeConnection connection = connection(link());
    String sleep = person.ids("recovery").getFirst();
    person.deleteSleep(sleep);

    for (String type : List.of("sleep", "recovery")) {
      assertThat(connector.fetchData(connection, Resource.one(type, sleep)))
          .isInstanceOf(FetchResult.Gone.class);
    }
  }

  @Test
  void goesOnWithRotatedTokensWhenTheAccessTokenExpired() throws Exception {
    Linked linked = link();
    FakeConnection connection = connection(linked);
    clock.advance(Duration.ofHours(2));

    assertThat(bytes(connection, Resource.all("profile")))
        .isEqualTo(person.document("profile", ""));
    assertThat(connection.refreshes()).isEqualTo(1);
    assertThat(cloud.oauth().refreshCalls()).isEqualTo(1);
    assertThat(connection.stored().refreshToken())
        .isPresent()
        .isNotEqualTo(linked.credentials().refreshToken());
  }

  @Test
  void renewsWhenTheCloudForgotTheAccessToken() throws Exception {
    FakeConnection connection = connection(link());
    cloud.oauth().expireAccessTokens();

    assertThat(bytes(connection, Resource.all("profile")))
        .isEqualTo(person.document("profile", ""));
    assertThat(connection.refreshes()).isEqualTo(1);
  }

  @Test
  void knowsThatASpentRefreshTokenIsDead() throws Exception {
    Credentials credentials = link().credentials();
    connection(Linked.with(credentials)).renewed(credentials);

    assertThatThrownBy(() -> connection(Linked.with(credentials)).renewed(credentials))
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("dead");
  }

  @Test
  void endsTheGrant() throws Exception {
    Connection connection = connection(link());

    assertThat(connector.linking().revoke(connection)).isInstanceOf(Revoked.Done.class);
    assertThat(cloud.oauth().linked(person.accountId())).isFalse();
    assertThat(cloud.oauth().liveAccessTokens()).isZero();
  }

  @Test
  void understandsWhatTheCloudSigns() throws Exception {
    link();
    try (StubVendor receiver = StubVendor.start()) {
      receiver.on("POST", "/webhooks/whoop", StubReply.status(200));
      cloud.sendWebhooksTo(receiver.url("/webhooks/whoop"));
      String sleep = person.ids("recovery").getFirst();
      for (Delivery delivery : person.updateSleep(sleep).deliveries()) {
        assertThat(delivery.awaitOver(Duration.ofSeconds(10))).isTrue();
      }
      for (RecordedCall call : receiver.calls()) {
        assertThat(context.intake().receive(webhook(call)).status()).isEqualTo(200);
      }
      assertThat(context.store().events())
          .extracting(event -> ((Notice.Changed) event.notice()).resource())
          .containsExactlyInAnyOrder(Resource.one("sleep", sleep), Resource.one("recovery", sleep));
    }
  }

  private FakeWebhook webhook(RecordedCall call) {
    FakeWebhook webhook =
        FakeWebhook.post(call.body().getBytes(StandardCharsets.UTF_8), clock.instant());
    for (String name : List.of("X-WHOOP-Signature", "X-WHOOP-Signature-Timestamp")) {
      webhook = webhook.header(name, call.header(name).orElseThrow());
    }
    return webhook;
  }

  private FakeConnection connection(Linked linked) {
    return new FakeConnection(connector, context, linked.credentials())
        .accountIds(linked.accountIds());
  }

  private byte[] bytes(Connection connection, Resource resource) {
    FetchResult result = connector.fetchData(connection, resource);
    assertThat(result).as(resource.toString()).isInstanceOf(FetchResult.Found.class);
    List<VendorData> documents = ((FetchResult.Found) result).documents();
    assertThat(documents).singleElement().extracting(VendorData::resource).isEqualTo(resource);
    return documents.getFirst().bytes();
  }

  /** The person's browser: to the consent page, and back with what it says. */
  private Linked link() throws IOException, InterruptedException {
    FakeLinkRequest request = FakeLinkRequest.with(context);
    LinkStep.Redirect step = (LinkStep.Redirect) connector.linking().begin(request);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      String back =
          browser
              .send(HttpRequest.newBuilder(step.location()).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      return connector
          .linking()
          .complete(request, FakeLinkAnswer.of(parameters(URI.create(back).getRawQuery())));
    }
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> decoded(pair[1])));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
