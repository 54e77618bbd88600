package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How a connector links an account through a consent page, keeps it alive and lets it go. */
interface LinkingCases extends ConnectorUnderTest {
  @Test
  default void sendsThePersonToTheConsentPageWithOurStateAndAddress() {
    linking(
        host -> {
          FakeLinkRequest request = FakeLinkRequest.with(host.context());
          URI page = consentPage(host, request).location();

          assertThat(page.toString())
              .as("address of the consent page: the endpoint 'auth', and no secret in it")
              .startsWith(host.context().config().endpoint("auth").orElseThrow().toString())
              .doesNotContain(host.context().config().clientSecret().reveal());
          assertThat(FormText.first(page.getRawQuery(), "state"))
              .as("state in the address of the consent page, LinkRequest.state() as it is")
              .contains(request.state());
          assertThat(FormText.first(page.getRawQuery(), "redirect_uri"))
              .as("redirect_uri in the address of the consent page, LinkRequest.redirectUri()")
              .contains(request.redirectUri().toString());
        });
  }

  @Test
  default void turnsACodeIntoCredentialsAtOnce() {
    linking(
        host -> {
          vendorLinks(host);
          Credentials credentials = complete(host).credentials();

          assertThat(credentials.accessToken().reveal()).isEqualTo(Leaks.NEW_ACCESS);
          assertThat(credentials.refreshToken().map(Secret::reveal))
              .as("refresh token of the answer that the test's tokens() gives")
              .contains(Leaks.NEW_REFRESH);
          assertThat(host.vendor().calls(host.path("token")))
              .as("calls to the token endpoint")
              .singleElement()
              .matches(call -> call.carries(Leaks.CODE), "carries the code");
        });
  }

  @Test
  default void knowsWhoseAccountWasLinked() {
    linking(
        host -> {
          assumeTrue(factory().descriptor().webhooks().isPresent(), "no webhooks to be mapped");
          vendorLinks(host);
          assertThat(accountIds(host, complete(host)))
              .as("without an account id no webhook would find this link")
              .isNotEmpty()
              .doesNotContain("");
        });
  }

  @Test
  default void tellsThatThePersonRefused() {
    linking(
        host -> {
          Throwable thrown =
              catchThrowable(
                  () ->
                      complete(
                          host, Map.of("error", "access_denied", "error_description", Leaks.MARK)));
          assertThat(thrown)
              .as("what Linking.complete throws when the vendor sends back error=access_denied")
              .isInstanceOfSatisfying(
                  OAuthException.class,
                  refused -> assertThat(refused.error()).contains("access_denied"));
          Leaks.assertNone(thrown, host.context().config());
          assertThat(host.vendor().calls()).isEmpty();
        });
  }

  @Test
  default void refusesAnAnswerWithoutACode() {
    linking(
        host -> {
          assertThatThrownBy(() -> complete(host, Map.of())).isInstanceOf(OAuthException.class);
          assertThat(host.vendor().calls()).isEmpty();
        });
  }

  @Test
  default void tellsThatTheVendorRefusedTheCode() {
    linking(
        host -> {
          tokenEndpoint(host, deadGrant());
          Throwable thrown = catchThrowable(() -> complete(host));
          assertThat(thrown)
              .as("what Linking.complete throws when the token endpoint refuses the code")
              .isInstanceOf(OAuthException.class);
          Leaks.assertNone(thrown, host.context().config());
        });
  }

  @TestFactory
  default Stream<DynamicTest> failsToLinkWhenTheVendorFails() {
    return eachUndecided(
        (host, reply) -> {
          vendorLinks(host);
          tokenEndpoint(host, reply);
          Throwable thrown = catchThrowable(() -> complete(host));
          assertThat(thrown)
              .as("what Linking.complete throws when the token endpoint gives no tokens")
              .isInstanceOf(ConnectorException.class);
          Leaks.assertNone(thrown, host.context().config());
        });
  }

  @Test
  default void refreshesWithOneCall() {
    linking(
        host -> {
          tokenEndpoint(host, tokens(Leaks.NEW_ACCESS, Leaks.NEW_REFRESH));

          assertThat(host.refresh(old(host)))
              .isInstanceOfSatisfying(
                  Refreshed.Renewed.class,
                  renewed -> {
                    Credentials credentials = renewed.credentials();
                    assertThat(credentials.accessToken().reveal()).isEqualTo(Leaks.NEW_ACCESS);
                    assertThat(credentials.refreshToken().map(Secret::reveal))
                        .contains(Leaks.NEW_REFRESH);
                  });
          assertThat(host.vendor().calls())
              .as("calls of one Linking.refresh: the host allows for one")
              .singleElement()
              .matches(call -> call.carries(Leaks.OLD_REFRESH), "carries the refresh token");
        });
  }

  @Test
  default void takesTheVendorsWordThatAGrantIsDead() {
    linking(
        host -> {
          tokenEndpoint(host, deadGrant());
          assertThat(host.refresh(old(host)))
              .as(
                  "what Linking.refresh says when the vendor calls the grant dead, as the test's"
                      + " deadGrant() has it; OAuth.deadOn(…) knows other words for it")
              .isInstanceOfSatisfying(
                  Refreshed.Dead.class,
                  dead -> assertThat(dead.reason()).isNotBlank().doesNotContain(Leaks.MARK));
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesNoFailureOfTheVendorForADeadGrant() {
    return eachUndecided(
        (host, reply) -> {
          tokenEndpoint(host, reply);
          Throwable thrown = catchThrowable(() -> host.refresh(old(host)));
          assertThat(thrown)
              .as("only an exception means later; a returned Dead would lose a healthy link")
              .isInstanceOf(ConnectorException.class);
          Leaks.assertNone(thrown, host.context().config());
        });
  }

  @Test
  default void revokesAGrantThatTheVendorStillKnows() {
    linking(
        host -> {
          revokeEndpoint(host, StubReply.status(204));
          assertThat(revoke(host)).isInstanceOfAny(Revoked.Done.class, Revoked.NotSupported.class);
        });
  }

  @Test
  default void triesToRevokeAgainWhenTheVendorFails() {
    linking(
        host -> {
          assumeTrue(host.context().config().endpoint("revoke").isPresent(), "no revoke endpoint");
          revokeEndpoint(host, StubReply.html(503));
          Throwable thrown = catchThrowable(() -> revoke(host));
          assertThat(thrown)
              .as("what Linking.revoke throws when the vendor fails, so that it is tried again")
              .isInstanceOf(ConnectorException.class);
          Leaks.assertNone(thrown, host.context().config());
        });
  }

  /** Answers that decide nothing about a grant, each at a host of its own. */
  private Stream<DynamicTest> eachUndecided(UndecidedCase test) {
    StubReply granted = tokens(Leaks.NEW_ACCESS, Leaks.NEW_REFRESH);
    Map<String, StubReply> undecided =
        Map.ofEntries(
            Map.entry("500", StubReply.json(500, "{\"error\":\"" + Leaks.MARK + "\"}")),
            Map.entry("502 of a proxy", StubReply.html(502)),
            Map.entry("503 without a body", StubReply.status(503)),
            Map.entry("403 of a proxy", StubReply.html(403)),
            Map.entry("429", StubReply.status(429)),
            Map.entry("400 of a proxy", StubReply.html(400)),
            Map.entry("401 without a body", StubReply.status(401)),
            Map.entry(
                "our own secret refused", StubReply.json(401, "{\"error\":\"invalid_client\"}")),
            Map.entry("a page instead of tokens", StubReply.html(200)),
            Map.entry("nothing instead of tokens", StubReply.status(200)),
            Map.entry("an object without tokens", StubReply.json(200, "{}")),
            Map.entry("tokens that break off", granted.cutOff()),
            Map.entry("no answer in time", StubReply.never()));
    return undecided.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        linking(
                            Duration.ofMillis(entry.getKey().contains("in time") ? 300 : 10_000),
                            host -> test.check(host, entry.getValue()))));
  }

  /** What is checked for each answer that decides nothing. */
  interface UndecidedCase {
    void check(FakeHost host, StubReply reply);
  }

  private void linking(Consumer<FakeHost> test) {
    linking(Duration.ofSeconds(10), test);
  }

  private void linking(Duration deadline, Consumer<FakeHost> test) {
    assumeTrue(
        factory().descriptor().endpoints().keySet().containsAll(Set.of("auth", "token")),
        "the descriptor has no auth and token endpoints");
    try (FakeHost host = FakeHost.of(factory(), this::configure, deadline)) {
      test.accept(host);
    }
  }

  private void vendorLinks(FakeHost host) {
    Exchange.play(host, linkingCalls());
    tokenEndpoint(host, tokens(Leaks.NEW_ACCESS, Leaks.NEW_REFRESH));
  }

  private static void tokenEndpoint(FakeHost host, StubReply reply) {
    host.vendor().on(StubVendor.ANY, host.path("token"), reply);
  }

  private static void revokeEndpoint(FakeHost host, StubReply reply) {
    host.context()
        .config()
        .endpoint("revoke")
        .ifPresent(address -> host.vendor().on(StubVendor.ANY, address.getPath(), reply));
  }

  private static LinkStep.Redirect consentPage(FakeHost host, FakeLinkRequest request) {
    LinkStep step = host.connector().linking().begin(request);
    assertThat(step).isInstanceOf(LinkStep.Redirect.class);
    return (LinkStep.Redirect) step;
  }

  private static Linked complete(FakeHost host) {
    return complete(host, Map.of("code", Leaks.CODE));
  }

  /** The vendor hands back what it was sent, and the host what it was asked to keep. */
  private static Linked complete(FakeHost host, Map<String, String> answer) {
    FakeLinkRequest request = FakeLinkRequest.with(host.context());
    Optional<Secret> kept = consentPage(host, request).flowState();
    Map<String, String> parameters = new HashMap<>(answer);
    parameters.put("state", request.state());
    return host.connector()
        .linking()
        .complete(request, FakeLinkAnswer.of(parameters).flowState(kept));
  }

  private static Set<String> accountIds(FakeHost host, Linked linked) {
    Linking linking = host.connector().linking();
    return linked.accountIds().isEmpty()
        ? linking.accountIds(host.connection(linked.credentials()))
        : linked.accountIds();
  }

  private Revoked revoke(FakeHost host) {
    return host.connector().linking().revoke(host.connection(old(host)));
  }

  private Credentials old(FakeHost host) {
    return credentials(
        Leaks.OLD_ACCESS,
        Leaks.OLD_REFRESH,
        host.context().clock().instant().plus(Duration.ofHours(1)));
  }
}
