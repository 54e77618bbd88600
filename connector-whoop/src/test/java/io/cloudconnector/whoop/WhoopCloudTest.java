package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Notice;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import io.cloudconnector.testkit.StubVendor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The connector against a whole WHOOP cloud, over real HTTP. */
class WhoopCloudTest extends BeforeWhoopCloud {
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
}
