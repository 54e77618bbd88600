package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.LinkStep;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthConsentPageTest {
  private final TestVendor vendor = new TestVendor();

  @AfterEach
  void close() {
    vendor.close();
  }

  @Test
  void namesTheMissingEndpoint() {
    vendor.endpoints.remove("token");
    assertThatThrownBy(() -> OAuth.code().bind(vendor))
        .isInstanceOf(ConnectorException.class)
        .hasMessage("the connector of acme declares no endpoint 'token': add it to its descriptor");
  }

  @Test
  void asksForTheRevokeEndpointOnlyWhereItIsUsed() {
    vendor.endpoints.remove("revoke");
    assertThat(OAuth.code().bind(vendor)).isNotNull();
    assertThatThrownBy(() -> OAuth.code().revokeByRfc7009().bind(vendor))
        .hasMessageContaining("'revoke'");
  }

  @Test
  void carriesEveryParameterEncoded() {
    URI page = consentPage(OAuth.code());
    assertThat(page.toString()).startsWith(vendor.server.url("/auth?"));
    assertThat(parameters(page))
        .isEqualTo(
            Map.of(
                "response_type", "code",
                "client_id", "client id",
                "redirect_uri", "https://connect.example.com/oauth/acme/callback?a=1&b=2",
                "scope", "offline read:sleep",
                "state", TestVendor.Attempt.STATE));
  }

  @Test
  void joinsScopesAsTheVendorWants() {
    assertThat(parameters(consentPage(OAuth.code().scopeSeparator(","))))
        .containsEntry("scope", "offline,read:sleep");
  }

  @Test
  void leavesScopeOutWhenNoneIsWanted() {
    vendor.scopes = Set.of();
    assertThat(parameters(consentPage(OAuth.code()))).doesNotContainKey("scope");
  }

  @Test
  void sendsTheChallengeOfRfc7636() {
    assertThat(parameters(consentPage(OAuth.code().pkce())))
        .containsEntry("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        .containsEntry("code_challenge_method", "S256")
        .doesNotContainValue(TestVendor.Attempt.VERIFIER);
  }

  @Test
  void addsFurtherParametersButNeverInPlaceOfItsOwn() {
    OAuth oauth =
        OAuth.code().authorizeParameter("prompt", "log in & go").authorizeParameter("state", "x");
    assertThat(parameters(consentPage(oauth)))
        .containsEntry("prompt", "log in & go")
        .containsEntry("state", TestVendor.Attempt.STATE);
  }

  @Test
  void keepsTheQueryThatTheAddressAlreadyHas() {
    vendor.endpoints.put("auth", URI.create(vendor.server.url("/auth?next=a%2526b&tenant=1")));
    assertThat(consentPage(OAuth.code()).getRawQuery())
        .startsWith("next=a%2526b&tenant=1&")
        .contains("response_type=code");
  }

  @Test
  void leavesTheOriginalUntouchedByItsWithers() {
    OAuth plain = OAuth.code();
    OAuth changed = plain.pkce().authorizeParameter("a", "1").scopeSeparator(",");
    assertThat(changed).isNotSameAs(plain);
    assertThat(parameters(consentPage(plain)))
        .doesNotContainKeys("a", "code_challenge")
        .containsEntry("scope", "offline read:sleep");
  }

  private URI consentPage(OAuth oauth) {
    LinkStep step = oauth.bind(vendor).begin(vendor.attempt());
    assertThat(step).isInstanceOf(LinkStep.Redirect.class);
    return ((LinkStep.Redirect) step).location();
  }

  private static Map<String, String> parameters(URI page) {
    return VendorServer.fields(page.getRawQuery());
  }
}
