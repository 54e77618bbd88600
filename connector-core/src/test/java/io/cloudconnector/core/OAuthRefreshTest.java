package io.cloudconnector.core;

import static io.cloudconnector.core.TestVendor.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.VendorServer.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthRefreshTest {
  private static final Credentials OLD =
      Credentials.access(Secret.of("old-access"))
          .refresh(Secret.of("old-refresh"))
          .accessUntil(NOW)
          .refreshUntil(NOW.plus(Duration.ofDays(90)))
          .extra("region", "eu");

  private final TestVendor vendor = new TestVendor();

  @AfterEach
  void close() {
    vendor.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void takesOnlyTheVendorsOwnWordForDead(int status) {
    Refreshed refreshed = refresh(OAuth.code(), error(status, "invalid_grant"));
    assertThat(refreshed)
        .isInstanceOfSatisfying(
            Refreshed.Dead.class, dead -> assertThat(dead.reason()).isEqualTo("invalid_grant"));
  }

  @Test
  void takesInvalidRequestForDeadOnlyWhereTheVendorMeansIt() {
    OAuth strict = OAuth.code();
    assertThatThrownBy(() -> refresh(strict, error(400, "invalid_request")))
        .isInstanceOf(OAuthException.class);
    OAuth odd = strict.deadOn("invalid_grant", "invalid_request");
    assertThat(refresh(odd, error(400, "invalid_request"))).isInstanceOf(Refreshed.Dead.class);
    assertThat(refresh(odd, error(400, "invalid_grant"))).isInstanceOf(Refreshed.Dead.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void neverBuriesALinkForTheClientsOwnMistake(int status) {
    assertThatThrownBy(() -> refresh(OAuth.code(), error(status, "invalid_client")))
        .isInstanceOfSatisfying(
            OAuthException.class, e -> assertThat(e.error()).contains("invalid_client"))
        .hasMessage("acme refused to refresh: invalid_client");
    assertThatThrownBy(() -> OAuth.code().deadOn("invalid_client"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 409, 500, 502, 503})
  void neverBuriesALinkForAStatusOfAnotherKind(int status) {
    assertThatThrownBy(() -> refresh(OAuth.code(), error(status, "invalid_grant")))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":\"invalid_grant\"",
        "",
        "<html>invalid_grant</html>",
        "{\"error\":{\"code\":\"invalid_grant\"}}",
        "{\"error\":null}",
        "{\"message\":\"invalid_grant\"}",
        "[\"invalid_grant\"]"
      })
  void neverBuriesALinkForAnUnreadableRefusal(String body) {
    assertThatThrownBy(() -> refresh(OAuth.code(), Answer.json(400, body)))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(400))
        .hasMessage("acme answered 400 to a token request");
  }

  @Test
  void neverBuriesALinkForAVendorThatCannotBeReached() {
    vendor.server.close();
    assertThatThrownBy(() -> OAuth.code().bind(vendor).refresh(vendor.refresh(OLD)))
        .isInstanceOf(VendorApiException.class);
  }

  @Test
  void neverRepeatsWhatTheVendorSaysAboutIt() {
    Answer echo =
        Answer.json(
            400, "{\"error\":\"old-refresh\",\"error_description\":\"old-refresh is bad\"}");
    assertThatThrownBy(() -> refresh(OAuth.code(), echo))
        .isInstanceOf(OAuthException.class)
        .hasNoCause()
        .hasMessage("acme refused to refresh without a readable error code");
  }

  @Test
  void findsDeathInsideASuccess() {
    OAuth oauth = OAuth.code().failsUnless("/status", "0").deadOn("401");
    assertThat(refresh(oauth, Answer.json(200, "{\"status\":401}")))
        .isInstanceOf(Refreshed.Dead.class);
    assertThatThrownBy(() -> refresh(oauth, Answer.json(200, "{\"status\":601}")))
        .isInstanceOf(OAuthException.class);
    assertThatThrownBy(() -> refresh(oauth, Answer.json(200, "{\"access_token\":\"a\"}")))
        .isInstanceOf(VendorApiException.class);
  }

  @Test
  void takesARotatedPair() {
    Credentials fresh =
        renewed(
            refresh(
                OAuth.code(),
                Answer.json(
                    200,
                    "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":60,\"token_type\":\"bearer\"}")));
    assertThat(fresh.accessToken()).isEqualTo(Secret.of("a"));
    assertThat(fresh.refreshToken()).contains(Secret.of("r"));
    assertThat(fresh.accessUntil()).contains(NOW.plusSeconds(60));
    assertThat(fresh.refreshUntil()).isEmpty();
    assertThat(fresh.extra()).isEqualTo(Map.of("region", "eu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"refresh_token\":null", ",\"refresh_token\":\"\""})
  void keepsTheRefreshTokenThatWasNotReplaced(String field) {
    Credentials fresh =
        renewed(refresh(OAuth.code(), Answer.json(200, "{\"access_token\":\"a\"" + field + "}")));
    assertThat(fresh.refreshToken()).isEqualTo(OLD.refreshToken());
    assertThat(fresh.refreshUntil()).isEqualTo(OLD.refreshUntil());
    assertThat(fresh.accessUntil()).isEmpty();
  }

  @Test
  void sendsTheGrantAndWhatTheVendorWantsBesides() {
    OAuth oauth = OAuth.code().tokenParameter("action", "go").refreshParameter("scope", "offline");
    assertThat(refresh(oauth, Answer.json(200, "{\"access_token\":\"a\",\"scope\":\"offline\"}")))
        .isInstanceOfSatisfying(
            Refreshed.Renewed.class, renewed -> assertThat(renewed.granted()).isEmpty());
    assertThat(vendor.server.only().form())
        .isEqualTo(
            Map.of(
                "grant_type", "refresh_token",
                "refresh_token", "old-refresh",
                "client_id", "client id",
                "client_secret", TestVendor.CLIENT_SECRET,
                "action", "go",
                "scope", "offline"));
  }

  @Test
  void tellsWhatTheNewTokenAllows() {
    Refreshed refreshed =
        refresh(
            OAuth.code(), Answer.json(200, "{\"access_token\":\"a\",\"scope\":\"read:sleep\"}"));
    assertThat(refreshed)
        .isInstanceOfSatisfying(
            Refreshed.Renewed.class,
            renewed -> assertThat(renewed.granted().orElseThrow()).containsExactly("read:sleep"));
    assertThat(vendor.server.only().form()).doesNotContainKey("scope");
  }

  @Test
  void endsALinkWithoutRefreshTokenOnlyWithItsAccessToken() {
    Credentials bare = Credentials.access(Secret.of("old-access"));
    assertThat(OAuth.code().bind(vendor).refresh(vendor.refresh(bare.accessUntil(NOW))))
        .isInstanceOf(Refreshed.Dead.class);
    assertThatThrownBy(() -> OAuth.code().bind(vendor).refresh(vendor.refresh(bare)))
        .isInstanceOf(TokenException.class);
    Credentials running = bare.accessUntil(NOW.plusSeconds(90));
    assertThatThrownBy(() -> OAuth.code().bind(vendor).refresh(vendor.refresh(running)))
        .isInstanceOf(TokenException.class);
    assertThat(vendor.server.seen()).isEmpty();
  }

  private Refreshed refresh(OAuth oauth, Answer answer) {
    vendor.server.answer("/token", answer);
    return oauth.bind(vendor).refresh(vendor.refresh(OLD));
  }

  private static Credentials renewed(Refreshed refreshed) {
    assertThat(refreshed).isInstanceOf(Refreshed.Renewed.class);
    return ((Refreshed.Renewed) refreshed).credentials();
  }

  private static Answer error(int status, String code) {
    return Answer.json(
        status, "{\"error\":\"" + code + "\",\"error_description\":\"in many words\"}");
  }
}
