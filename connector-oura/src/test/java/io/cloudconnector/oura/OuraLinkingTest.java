package io.cloudconnector.oura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.FakeConfig;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.FakeLinkAnswer;
import io.cloudconnector.testkit.FakeLinkRequest;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oura's own manner of OAuth, on the wire. */
class OuraLinkingTest {
  private static final Credentials OLD =
      Credentials.access(Secret.of("made-up-access")).refresh(Secret.of("made-up-refresh"));

  @Test
  void asksAtOneHostAndTakesTokensFromAnother() {
    Map<String, String> endpoints = new OuraConnectorFactory().descriptor().endpoints();

    assertThat(URI.create(endpoints.get("auth")).getHost()).isEqualTo("cloud.ouraring.com");
    assertThat(URI.create(endpoints.get("token")).getHost()).isEqualTo("api.ouraring.com");
  }

  @Test
  void asksForTheScopesThatTheApiChecks() {
    linking(
        host -> {
          LinkStep step = host.connector().linking().begin(FakeLinkRequest.with(host.context()));
          String query = ((LinkStep.Redirect) step).location().getRawQuery();
          assertThat(query).doesNotContain("code_challenge");
          assertThat(parameter(query, "scope").split(" "))
              .containsExactlyInAnyOrder(
                  "personal",
                  "daily",
                  "heartrate",
                  "heart_health",
                  "ring_configuration",
                  "session",
                  "spo2",
                  "stress",
                  "tag",
                  "workout");
        });
  }

  @Test
  void sendsTheSecretInTheFormAndLearnsTheAccountFromThePerson() {
    linking(
        host -> {
          vendorGrants(host, "extapi:daily extapi:heartrate");

          Linked linked = complete(host);

          assertThat(linked.accountIds()).containsExactly(OuraSamples.USER_ID);
          assertThat(linked.granted().orElseThrow())
              .containsExactlyInAnyOrder("daily", "heartrate");
          RecordedCall exchange = host.vendor().calls("/token").getFirst();
          assertThat(exchange.header("Authorization")).isEmpty();
          assertThat(exchange.form("client_secret"))
              .contains(host.context().config().clientSecret().reveal());
          assertThat(exchange.form("code_verifier")).isEmpty();
        });
  }

  /** The host tells what is missing as what was asked less what was granted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daily spo2 | extapi:daily extapi:spo2 | ''",
        "daily spo2 | daily spo2Daily | ''",
        "daily spo2Daily | extapi:daily extapi:spo2 | ''",
        "daily spo2Daily | extapi:daily extapi:spo2Daily | ''",
        "extapi:daily extapi:spo2 | extapi:daily spo2Daily | ''",
        "daily spo2 spo2Daily | extapi:daily extapi:spo2 | ''",
        "daily spo2 workout | extapi:daily | spo2 workout",
        "daily spo2Daily | extapi:daily | spo2Daily"
      })
  void missesAScopeOnlyWhereNoneOfItsNamesWasGranted(String asked, String told, String missing) {
    linking(
        config -> config.scopes(asked.split(" ")),
        host -> {
          vendorGrants(host, told);
          Set<String> lacking = new TreeSet<>(host.context().config().scopes());
          lacking.removeAll(complete(host).granted().orElseThrow());
          assertThat(String.join(" ", lacking)).isEqualTo(missing);
        });
  }

  /** The host lists a type only for whoever granted the scopes that the descriptor names. */
  @Test
  void grantsATypeUnderWhateverNameItsScopeWasAskedForAndTold() {
    linking(
        config -> config.scopes("daily", "spo2Daily"),
        host -> {
          vendorGrants(host, "extapi:daily extapi:spo2");
          Set<String> granted = complete(host).granted().orElseThrow();
          for (OuraResource type : List.of(OuraResource.DAILY_SPO2, OuraResource.SLEEP)) {
            assertThat(granted).containsAll(type.declared().scopes());
          }
        });
  }

  @Test
  void asksForThePersonEvenInTheSandbox() {
    linking(
        config -> config.setting("sandbox", "true"),
        host -> {
          vendorGrants(host, "daily");
          assertThat(complete(host).accountIds()).containsExactly(OuraSamples.USER_ID);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_grant", "invalid_request"})
  void takesARefusedRefreshTokenForDead(String error) {
    linking(
        host -> {
          host.vendor()
              .on(
                  "POST",
                  "/token",
                  StubReply.json(
                      400, "{\"status\":400,\"title\":\"x\",\"error\":\"%s\"}".formatted(error)));
          assertThat(host.refresh(OLD))
              .isInstanceOfSatisfying(
                  Refreshed.Dead.class, dead -> assertThat(dead.reason()).isEqualTo(error));
        });
  }

  @Test
  void takesARefusedClientForNoDeath() {
    linking(
        host -> {
          host.vendor().on("POST", "/token", StubReply.json(401, "{\"error\":\"invalid_client\"}"));
          assertThat(catchThrowableOfType(OAuthException.class, () -> host.refresh(OLD)).error())
              .contains("invalid_client");
        });
  }

  @Test
  void revokesWithTheAccessTokenInTheAddress() {
    linking(
        host -> {
          host.vendor().on("POST", "/base/oauth/revoke", StubReply.status(200));
          assertThat(host.connector().linking().revoke(host.connection(OLD)))
              .isInstanceOf(Revoked.Done.class);
          assertThat(host.vendor().calls("/base/oauth/revoke"))
              .singleElement()
              .satisfies(call -> assertThat(call.query()).isEqualTo("access_token=made-up-access"));
        });
  }

  @Test
  void takesA401ToARevocationForDone() {
    linking(
        host -> {
          vendorGrants(host, "daily");
          host.vendor().on("POST", "/base/oauth/revoke", StubReply.status(401));
          assertThat(host.connector().linking().revoke(host.connection(OLD)))
              .isInstanceOf(Revoked.Done.class);
        });
  }

  @Test
  void endsNoLinkForAMembershipThatLapsed() {
    linking(
        host -> {
          host.vendor().on("GET", "/base/v2/usercollection/sleep/2-a", StubReply.status(403));
          FakeConnection connection = host.connection(OLD);

          assertThatThrownBy(
                  () -> host.connector().fetchData(connection, Resource.one("sleep", "2-a")))
              .isInstanceOf(OAuthException.class);
          assertThat(connection.refreshes()).isZero();
          assertThat(connection.ended()).isFalse();
          assertThat(connection.credentials()).isEqualTo(OLD);
        });
  }

  private interface Case {
    void check(FakeHost host);
  }

  private static void linking(Case test) {
    linking(UnaryOperator.identity(), test);
  }

  private static void linking(UnaryOperator<FakeConfig> settings, Case test) {
    try (FakeHost host = FakeHost.of(new OuraConnectorFactory(), settings)) {
      test.check(host);
    }
  }

  private static void vendorGrants(FakeHost host, String scopes) {
    host.vendor()
        .on(
            "POST",
            "/token",
            StubReply.json(
                200,
                """
                {"access_token":"new-access","refresh_token":"new-refresh","expires_in":86400,\
                "scope":"%s","id_token":"x","token_type":"bearer"}"""
                    .formatted(scopes)))
        .on(
            "GET",
            "/base/v2/usercollection/personal_info",
            StubReply.json(200, OuraSamples.PERSON));
  }

  private static Linked complete(FakeHost host) {
    return host.connector()
        .linking()
        .complete(FakeLinkRequest.with(host.context()), FakeLinkAnswer.of(Map.of("code", "c")));
  }

  private static String parameter(String query, String name) {
    return Arrays.stream(query.split("&"))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
