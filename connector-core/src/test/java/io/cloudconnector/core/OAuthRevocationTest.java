package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.VendorServer.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthRevocationTest {
  private static final Credentials FIRST =
      Credentials.access(Secret.of("first")).refresh(Secret.of("first-refresh"));
  private static final Credentials SECOND = Credentials.access(Secret.of("second"));

  private final TestVendor vendor = new TestVendor();

  @AfterEach
  void close() {
    vendor.close();
  }

  @Test
  void saysWhenTheVendorOffersNoWay() {
    assertThat(OAuth.code().bind(vendor).revoke(vendor.link(FIRST)))
        .isInstanceOf(Revoked.NotSupported.class);
  }

  @Test
  void triesAgainLaterWhenTheVendorFails() {
    vendor.server.answer("/revoke", Answer.status(500));
    assertThatThrownBy(() -> byCall(vendor.link(FIRST)))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(500))
        .hasMessage("acme answered 500 to a revocation");
    vendor.server.answer("/revoke", Answer.status(429));
    assertThatThrownBy(() -> byCall(vendor.link(FIRST))).isInstanceOf(RateLimitException.class);
    vendor.server.answer("/revoke", Answer.html(403));
    assertThatThrownBy(() -> byCall(vendor.link(FIRST))).isInstanceOf(OAuthException.class);
  }

  @Test
  void callsWithTheAccessToken() {
    vendor.server.answer("/revoke", Answer.status(204));
    assertThat(byCall(vendor.link(FIRST))).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.only().method()).isEqualTo("DELETE");
    assertThat(vendor.server.only().headers()).containsEntry("Authorization", "Bearer first");
  }

  @Test
  void takesAnUnknownGrantForEnded() {
    vendor.server.answer("/revoke", Answer.status(404));
    assertThat(byCall(vendor.link(FIRST))).isInstanceOf(Revoked.Done.class);
  }

  @Test
  void renewsATokenThatIsNotTakenOnce() {
    vendor.server.answer("/revoke", Answer.status(401), Answer.status(204));
    assertThat(byCall(vendor.link(FIRST, SECOND))).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.seen())
        .extracting(seen -> seen.headers().get("Authorization"))
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void takesARefusalOfARenewedTokenForEnded() {
    vendor.server.answer("/revoke", Answer.status(401));
    assertThat(byCall(vendor.link(FIRST, SECOND))).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.seen()).hasSize(2);
  }

  @Test
  void isDoneWhenNothingIsLeftToRevokeWith() {
    assertThat(byCall(vendor.link())).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.seen()).isEmpty();
    vendor.server.answer("/revoke", Answer.status(401));
    assertThat(byCall(vendor.link(FIRST))).isInstanceOf(Revoked.Done.class);
  }

  @Test
  void callsWithTheAccessTokenInTheAddress() {
    vendor.server.answer("/revoke", Answer.status(401), Answer.status(200));
    assertThat(byQuery(vendor.link(FIRST, SECOND))).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.seen())
        .extracting(seen -> seen.method() + " " + seen.uri().getRawQuery())
        .containsExactly("POST access_token=first", "POST access_token=second");
    assertThat(vendor.server.seen()).noneMatch(seen -> seen.headers().containsKey("Authorization"));
  }

  @Test
  void takesARefusalOfARenewedTokenInTheAddressForEnded() {
    vendor.server.answer("/revoke", Answer.status(401));
    assertThat(byQuery(vendor.link(FIRST, SECOND))).isInstanceOf(Revoked.Done.class);
  }

  @Test
  void revokesTheRefreshTokenAsRfc7009HasIt() {
    vendor.server.answer("/revoke", Answer.status(200));
    assertThat(byRfc7009(vendor.link(FIRST))).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.only().form())
        .isEqualTo(
            Map.of(
                "token", "first-refresh",
                "token_type_hint", "refresh_token",
                "client_id", "client id",
                "client_secret", TestVendor.CLIENT_SECRET));
  }

  @Test
  void revokesTheAccessTokenWhereThereIsNoOther() {
    vendor.server.answer("/revoke", Answer.status(200));
    assertThat(byRfc7009(vendor.link(SECOND))).isInstanceOf(Revoked.Done.class);
    assertThat(vendor.server.only().form())
        .containsEntry("token", "second")
        .containsEntry("token_type_hint", "access_token");
  }

  @Test
  void doesNotTakeARefusedClientForARevocation() {
    vendor.server.answer("/revoke", Answer.json(401, "{\"error\":\"invalid_client\"}"));
    assertThatThrownBy(() -> byRfc7009(vendor.link(FIRST))).isInstanceOf(OAuthException.class);
    assertThat(vendor.server.seen()).hasSize(1);
  }

  private Revoked byCall(Connection connection) {
    return OAuth.code().revokeByCall("DELETE").bind(vendor).revoke(connection);
  }

  private Revoked byQuery(Connection connection) {
    return OAuth.code().revokeByQuery("POST", "access_token").bind(vendor).revoke(connection);
  }

  private Revoked byRfc7009(Connection connection) {
    return OAuth.code().revokeByRfc7009().bind(vendor).revoke(connection);
  }
}
