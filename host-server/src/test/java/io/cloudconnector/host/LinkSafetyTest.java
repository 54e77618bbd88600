package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.acme.BoltConnectorFactory;
import io.cloudconnector.simulator.Fault;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What somebody might try on a link, and what the pages of a link give away. */
final class LinkSafetyTest extends HostTest {
  private static final String SCRIPT = "<script>alert(1)</script>";

  /** Goes to the consent page and stops before the callback. */
  private static String consent(Browser browser, String link) {
    return browser.open(browser.open(link).location()).location();
  }

  private String inviteToPage(String userId) {
    String body = "{\"vendor\":\"acme\",\"userId\":\"" + userId + "\"}";
    return api.post("/v1/links", body).json().get("linkUrl").asString();
  }

  private static String parameter(String url, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&#]*)").matcher(url);
    assertThat(matcher.find()).as(name).isTrue();
    return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
  }

  private String codeAtTokenEndpoint(String field) {
    return acme.requests().of("POST", "/token").getFirst().form().getOrDefault(field, "none");
  }

  @Test
  void theCookieIsForThisBrowserAndThisHostAlone() {
    acme.newAccount();

    String cookie =
        host.browser().open(host.invite("anna")).header("Set-Cookie").orElse("no cookie");

    assertThat(cookie)
        .matches("__Host-connector_link=[A-Za-z0-9_-]{43};.*")
        .contains("; Path=/;", "; HttpOnly;", "; SameSite=Lax", "; Secure")
        .doesNotContain("Domain");
  }

  @Test
  void eachWalkHasALongStateAndAProofKeyOfItsOwn() throws Exception {
    acme.newAccount();
    String link = host.invite("anna");
    Browser browser = host.browser();
    String one = browser.open(link).location();
    String two = browser.open(link).location();

    assertThat(parameter(one, "state")).hasSizeGreaterThanOrEqualTo(32);
    assertThat(parameter(one, "state")).isNotEqualTo(parameter(two, "state"));
    assertThat(parameter(one, "code_challenge")).isNotEqualTo(parameter(two, "code_challenge"));
    assertThat(parameter(one, "code_challenge_method")).isEqualTo("S256");
    browser.open(browser.open(one).location());
    String verifier = codeAtTokenEndpoint("code_verifier");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
        .isEqualTo(parameter(one, "code_challenge"));
  }

  @Test
  void ofManyAnswersAtOnceWithOneStateOneWins() throws Exception {
    acme.newAccount();
    Browser browser = host.browser();
    String callback = consent(browser, host.invite("anna"));

    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        answers.add(callers.submit(() -> browser.open(callback)));
      }
      for (Future<Answer> answer : answers) {
        statuses.add(answer.get().status());
      }
    }

    assertThat(statuses).containsOnlyOnce(302).containsOnly(302, 400);
    assertThat(acme.requests().of("POST", "/token")).hasSize(1);
    assertThat(api.events("connection.linked")).hasSize(1);
  }

  @Test
  void aLookAtTheHeadUsesUpNeitherLinkNorWalk() {
    acme.newAccount();
    String link = host.invite("anna");
    assertThat(head(link).status()).isEqualTo(302);
    Browser browser = host.browser();
    String callback = consent(browser, link);

    assertThat(head(callback).status()).isEqualTo(405);

    assertThat(browser.open(callback).location()).endsWith("status=linked");
  }

  private Answer head(String address) {
    String path = address.substring(RunningHost.PUBLIC_URL.length());
    return api.send(api.withoutKey().request(path).method("HEAD", BodyPublishers.noBody()));
  }

  @Test
  void anotherVendorsCallbackDoesNotTakeTheStateOfThisOne() {
    host.restart(
        """

          bolt:
            clientId: bolt-app
            clientSecret: bolt-client-secret
            webhookSecret: bolt-webhook-secret
            baseUrl: "%s"
            authUrl: "%s"
            tokenUrl: "%s"
        """
            .stripTrailing()
            .formatted(acme.url(""), acme.url("/authorize"), acme.url("/token")),
        () ->
            CompiledPlugin.writeInto(
                host.folder.resolve("plugins"), "bolt", BoltConnectorFactory.class));
    api = host.api();
    acme.newAccount();
    Browser browser = host.browser();
    String callback = consent(browser, host.invite("anna"));

    Answer answer = browser.open(callback.replace("/oauth/acme/", "/oauth/bolt/"));

    assertThat(answer.location()).endsWith("status=error&error=invalid_state");
    assertThat(acme.requests().of("POST", "/token")).isEmpty();
    assertThat(api.events()).isEmpty();
  }

  @Test
  void aParameterGivenTwiceIsRefusedAndUsesNothingUp() {
    acme.newAccount();
    Browser browser = host.browser();
    String callback = consent(browser, host.invite("anna"));
    for (String twice : List.of("state=x", "code=x", "error=a&error=b")) {
      Answer answer = browser.open(callback + "&" + twice);
      assertThat(answer.status()).as(twice).isEqualTo(400);
      assertThat(answer.text()).contains("not in order");
    }

    assertThat(browser.open(callback).location()).endsWith("status=linked");
  }

  @Test
  void veryLongParametersAreOnlyWrong() {
    acme.newAccount();
    Browser browser = host.browser();
    String callback = consent(browser, inviteToPage("anna"));
    String start = callback.substring(0, callback.indexOf('?'));
    String longText = "a".repeat(6000);

    assertThat(browser.open(start + "?state=" + longText + "&code=x").status()).isEqualTo(400);
    String state = parameter(callback, "state");
    Answer answer = browser.open(start + "?code=" + longText + "&state=" + state);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(api.events()).isEmpty();
  }

  @Test
  void noPageRepeatsWhatCameFromOutside() {
    acme.newAccount();
    String script = URLEncoder.encode(SCRIPT, StandardCharsets.UTF_8);
    Browser browser = host.browser();
    String callback = consent(browser, inviteToPage("anna"));
    String state = parameter(callback, "state");
    String start = callback.substring(0, callback.indexOf('?'));

    for (String address :
        List.of(
            start + "?state=" + script,
            start + "?state=" + state + "&error=" + script + "&error_description=" + script,
            start + "?" + script + "=" + script,
            RunningHost.PUBLIC_URL + "/link/" + script,
            RunningHost.PUBLIC_URL + "/oauth/" + script + "/callback")) {
      Answer answer = browser.open(address);
      assertThat(answer.status()).as(address).isBetween(400, 599);
      assertThat(answer.text()).as(address).doesNotContain("script", "alert");
      assertThat(answer.header("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'");
    }
  }

  @Test
  void noPageCarriesATokenOrTellsWhereItCameFrom() {
    acme.newAccount();
    acme.faults().on("/token").always(Fault.status(503));
    String link = inviteToPage("anna");
    Browser browser = host.browser();
    String callback = consent(browser, link);

    Answer page = browser.open(callback);

    assertThat(page.status()).isEqualTo(502);
    assertThat(page.text())
        .contains("Not connected")
        .doesNotContain(
            parameter(callback, "state"),
            parameter(callback, "code"),
            link.substring(link.lastIndexOf('/') + 1));
    assertThat(page.header("Referrer-Policy")).contains("no-referrer");
    assertThat(page.header("Cache-Control")).contains("no-store");
  }

  @Test
  void whatTheReturnUrlSaidOfAnEarlierWalkIsReplaced() {
    acme.newAccount();
    String after = "https://app.example.test/after/x";
    String link = host.invite("anna", after + "?status=linked&a=1&error=x&status&b=2&mystatus=3");
    acme.oauth().denyNextConsent();

    assertThat(host.browser().walk(link).address())
        .isEqualTo(after + "?a=1&b=2&mystatus=3&status=error&error=access_denied");
    assertThat(host.browser().walk(host.invite("anna", after + "?status=error#x")).address())
        .isEqualTo(after + "?status=linked#x");
  }

  @Test
  void fewerScopesThanAskedAreStoredAndToldByName() {
    acme.newAccount();
    Browser browser = host.browser();
    String consent = browser.open(inviteToPage("anna")).location();
    String narrower = consent.replaceAll("scope=[^&]*", "scope=read%3Arun");

    Answer page = browser.open(browser.open(narrower).location());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("did not allow", "read:nap").doesNotContain("read:run");
    assertThat(api.get(Api.connection("anna")).json().get("scopes").toString())
        .isEqualTo("[\"read:run\"]");
    var event = api.awaitEvents("connection.linked", 1).getFirst();
    assertThat(event.at("/data/scopes").toString()).isEqualTo("[\"read:run\"]");
    assertThat(event.at("/data/missingScopes").toString()).isEqualTo("[\"read:nap\"]");
  }

  @Test
  void aVendorThatFailsAtTheLastQuestionLinksNobodyAndTheLinkStaysGood() {
    acme.newAccount();
    acme.faults().on("/v1/me").next(1, Fault.status(503));
    String link = host.invite("anna");

    assertThat(host.browser().walk(link).address())
        .endsWith("status=error&error=vendor_unavailable");
    assertThat(api.events()).isEmpty();

    assertThat(host.browser().walk(link).address()).endsWith("status=linked");
  }
}
