package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Linked;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeBrowserTest {
  private final FakeHost host = FakeHost.of(new HelloConnectorFactory());

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void linksTheAccountOfWhoeverConsents() {
    consentPageSaysBack("code=a%20code&state=s");
    host.vendor().on("POST", host.path("token"), new HelloContractTest().tokens("access", "r"));

    Linked linked = link();

    assertThat(linked.accountIds()).containsExactly("p1");
    assertThat(linked.credentials().accessToken().reveal()).isEqualTo("access");
    assertThat(host.vendor().calls(host.path("token")).getFirst().form("code")).contains("a code");
  }

  @Test
  void handsOnThatThePersonRefused() {
    consentPageSaysBack("error=access_denied&state=s");

    assertThatThrownBy(this::link).isInstanceOf(OAuthException.class);
  }

  @Test
  void tellsThatTheConsentPageSendsNobodyBack() {
    host.vendor().on("GET", host.path("auth"), StubReply.html(200));

    assertThatThrownBy(this::link)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("does not send back");
  }

  private void consentPageSaysBack(String query) {
    host.vendor()
        .on(
            "GET",
            host.path("auth"),
            StubReply.status(302).header("Location", "https://connect.example.com/back?" + query));
  }

  private Linked link() {
    return FakeBrowser.link(host.context(), host.connector());
  }
}
