package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way of a person from a link to a connection, and the ways astray. */
final class LinkingTest extends HostTest {
  private JsonNode connection(String userId) {
    return api.get(Api.connection(userId)).json();
  }

  private void assertNotLinked(String userId) {
    assertThat(api.get(Api.connection(userId)).problem()).isEqualTo("unknown-connection");
    assertThat(api.events()).isEmpty();
  }

  @Test
  void aWillingPersonIsLinkedAndSentBack() {
    String account = acme.newAccount();

    var landing = host.browser().walk(host.invite("anna"));

    assertThat(landing.address()).isEqualTo(RunningHost.APPLICATION + "?status=linked");
    JsonNode connection = connection("anna");
    assertThat(connection.get("status").asString()).isEqualTo("ACTIVE");
    assertThat(connection.get("accountIds").get(0).asString()).isEqualTo(account);
    assertThat(connection.get("scopes").toString()).isEqualTo("[\"read:nap\",\"read:run\"]");
    JsonNode event = api.awaitEvents("connection.linked", 1).getFirst();
    assertThat(event.get("userid").asString()).isEqualTo("anna");
    assertThat(event.at("/data/accountIds/0").asString()).isEqualTo(account);
  }

  @Test
  void deniedConsentEndsWithItsWordAndNoConnection() {
    acme.newAccount();
    acme.oauth().denyNextConsent();

    var landing = host.browser().walk(host.invite("anna"));

    assertThat(landing.address())
        .isEqualTo(RunningHost.APPLICATION + "?status=error&error=access_denied");
    assertNotLinked("anna");
  }

  @Test
  void anotherBrowserCannotFinishAWalk() {
    acme.newAccount();
    String callback = acmeCallback(host.browser(), host.invite("anna"));

    Answer answer = host.browser().open(callback);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("another browser");
    assertNotLinked("anna");
  }

  @Test
  void aBrowserWithAnotherWalksCookieCannotFinishThisOne() {
    acme.newAccount();
    String callback = acmeCallback(host.browser(), host.invite("anna"));
    Browser other = host.browser();
    other.open(host.invite("eve"));

    assertThat(other.open(callback).status()).isEqualTo(403);
    assertNotLinked("anna");
  }

  /** Goes to the consent page and stops before the callback. */
  private String acmeCallback(Browser browser, String link) {
    return browser.open(browser.open(link).location()).location();
  }

  @Test
  void aStateIsGoodForOneAnswer() {
    acme.newAccount();
    Browser browser = host.browser();
    String callback = acmeCallback(browser, host.invite("anna"));
    assertThat(browser.open(callback).location()).endsWith("status=linked");

    Answer again = browser.open(callback);

    assertThat(again.status()).isEqualTo(400);
    assertThat(api.events("connection.linked")).hasSize(1);
  }

  @Test
  void anInventedStateIsRefused() {
    assertThat(host.browser().open(RunningHost.PUBLIC_URL + "/oauth/acme/callback").status())
        .isEqualTo(400);
    assertThat(
            host.browser()
                .open(RunningHost.PUBLIC_URL + "/oauth/acme/callback?state=x&code=y")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aLinkEndsAfterAQuarterOfAnHour() {
    String link = host.invite("anna");
    host.clock.advance(Duration.ofMinutes(16));

    Answer answer = host.browser().open(link);

    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.text()).contains("Ask for a new one");
  }

  @Test
  void aWalkThatTakesLongerThanItsLinkEndsWithoutAConnection() {
    acme.newAccount();
    Browser browser = host.browser();
    String callback = acmeCallback(browser, host.invite("anna"));
    host.clock.advance(Duration.ofMinutes(16));

    assertThat(browser.open(callback).location()).endsWith("status=error&error=link_expired");
    assertNotLinked("anna");
  }

  @Test
  void previewsOfTheLinkDoNotUseItUp() {
    acme.newAccount();
    String link = host.invite("anna");
    String first = host.browser().open(link).location();
    String second = host.browser().open(link).location();
    assertThat(first).isNotEqualTo(second);

    assertThat(host.browser().walk(link).address()).endsWith("status=linked");
  }

  @Test
  void twoTabsOfOneBrowserDoNotPushEachOtherOut() {
    acme.newAccount();
    Browser browser = host.browser();
    String link = host.invite("anna");
    String first = acmeCallback(browser, link);
    acmeCallback(browser, link);

    assertThat(browser.open(first).location()).endsWith("status=linked");
  }

  @Test
  void aQueryOfTheReturnUrlIsKept() {
    acme.newAccount();
    String link = host.invite("anna", "https://app.example.test/after/x?page=2&q=a%20b#top");

    assertThat(host.browser().walk(link).address())
        .isEqualTo("https://app.example.test/after/x?page=2&q=a%20b&status=linked#top");
  }

  @Test
  void returnUrlsThatNobodyAllowedAreRefused() {
    for (String url :
        new String[] {
          "https://evil.example.test/",
          "https://app.example.test.evil.test/linked",
          "https://app.example.test@evil.test/linked",
          "http://app.example.test/linked",
          "https://app.example.test/after/../admin",
          "javascript:alert(1)",
          "//app.example.test/linked",
          ""
        }) {
      Answer answer =
          api.post(
              "/v1/links",
              "{\"vendor\":\"acme\",\"userId\":\"anna\",\"returnUrl\":\"" + url + "\"}");
      assertThat(answer.status()).as(url).isEqualTo(400);
    }
  }

  @Test
  void withoutAReturnUrlThePersonSeesAPage() {
    acme.newAccount();
    Answer link = api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"anna\"}");

    var landing = host.browser().walk(link.json().get("linkUrl").asString());

    assertThat(landing.last().status()).isEqualTo(200);
    assertThat(landing.last().text()).contains("Connected");
    assertThat(connection("anna").get("status").asString()).isEqualTo("ACTIVE");
  }

  @Test
  void withoutAReturnUrlADenialIsAPageToo() {
    acme.newAccount();
    acme.oauth().denyNextConsent();
    Answer link = api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"anna\"}");

    assertThat(host.browser().walk(link.json().get("linkUrl").asString()).last().status())
        .isEqualTo(403);
  }

  @Test
  void aFinishedLinkIsUsedUp() {
    acme.newAccount();
    String link = host.invite("anna");
    host.browser().walk(link);

    Answer again = host.browser().open(link);

    assertThat(again.status()).isEqualTo(410);
    assertThat(again.text()).contains("used before");
  }

  @Test
  void twoWalksOfOneLinkLinkOnce() {
    acme.newAccount();
    Browser one = host.browser();
    Browser two = host.browser();
    String link = host.invite("anna");
    String first = acmeCallback(one, link);
    String second = acmeCallback(two, link);

    assertThat(one.open(first).location()).endsWith("status=linked");
    assertThat(two.open(second).location()).endsWith("status=error&error=link_used");
    assertThat(api.events("connection.linked")).hasSize(1);
  }

  @Test
  void twoUsersOfOneAccountBothGetItsChanges() {
    String account = host.link("anna");
    host.relink("berta");
    acme.put(account, "run/7", "{\"km\":7}");

    acme.notice(account, "run.updated", "7");

    assertThat(api.awaitEvents("data.updated", 2))
        .extracting(event -> event.get("userid").asString())
        .containsExactlyInAnyOrder("anna", "berta");
  }

  @Test
  void linkingAgainReplacesTheGrant() {
    String first = host.link("anna");
    String second = host.link("anna");

    JsonNode connections = api.get("/v1/connections?userId=anna").json().get("connections");
    assertThat(connections).hasSize(1);
    assertThat(connections.get(0).get("accountIds").get(0).asString()).isEqualTo(second);
    acme.put(second, "run/7", "{\"km\":7}");
    assertThat(api.get(Api.connection("anna") + "/data/run/7").text()).isEqualTo("{\"km\":7}");
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void aVendorThatIsDownIsTold() {
    acme.newAccount();
    acme.faults().on("/token").always(io.cloudconnector.simulator.Fault.status(503));

    var landing = host.browser().walk(host.invite("anna"));

    assertThat(landing.address()).endsWith("status=error&error=vendor_unavailable");
    assertNotLinked("anna");
  }

  @Test
  void anotherVendorsCallbackDoesNotFinishAWalk() {
    Answer answer = host.browser().open(RunningHost.PUBLIC_URL + "/oauth/nobody/callback?state=x");

    assertThat(answer.problem()).isEqualTo("unknown-connector");
  }

  @Test
  void wrongRequestsForALinkAreToldApart() {
    assertThat(api.post("/v1/links", "{\"vendor\":\"acme\"}").text()).contains("userId");
    assertThat(api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"\"}").status())
        .isEqualTo(400);
    assertThat(api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":5}").status()).isEqualTo(400);
    assertThat(api.post("/v1/links", "{\"vendor\":\"nobody\",\"userId\":\"a\"}").problem())
        .isEqualTo("unknown-connector");
    assertThat(
            api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"a\",\"userid\":\"b\"}").text())
        .contains("userid");
    assertThat(
            api.post(
                    "/v1/links",
                    "{\"vendor\":\"acme\",\"userId\":\"a\",\"options\":{\"region\":\"mars\"}}")
                .text())
        .contains("eu");
    assertThat(
            api.post(
                    "/v1/links",
                    "{\"vendor\":\"acme\",\"userId\":\"a\",\"options\":{\"moon\":\"x\"}}")
                .text())
        .contains("region");
    assertThat(api.post("/v1/links", "[]").status()).isEqualTo(400);
    assertThat(api.post("/v1/links", "{").status()).isEqualTo(400);
    assertThat(api.post("/v1/links", "").status()).isEqualTo(400);
    assertThat(api.post("/v1/links", "\"" + "x".repeat(1024 * 1024) + "\"").status())
        .isEqualTo(413);
  }

  /** A regression: the walk needed a permit before it called anybody, and ended in a 500. */
  @Test
  void whileTheVendorAsksForSilenceAWalkStillEndsWithItsWord() {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    acme.faults()
        .on("/v1/run")
        .next(1, io.cloudconnector.simulator.Fault.tooManyRequests(Duration.ofHours(1)));
    assertThat(api.get(Api.connection("anna") + "/data/run/7").status()).isEqualTo(429);
    acme.newAccount();

    var landing = host.browser().walk(host.invite("ben"));

    assertThat(landing.address()).endsWith("status=error&error=vendor_busy");
    assertThat(api.get(Api.connection("ben")).status()).isEqualTo(404);
  }

  @Test
  void aReturnUrlMustFitIntoAHeader() {
    String body =
        "{\"vendor\":\"acme\",\"userId\":\"anna\",\"returnUrl\":\"%s?%s\"}"
            .formatted(RunningHost.APPLICATION, "b".repeat(5000));
    assertThat(api.post("/v1/links", body).problem()).isEqualTo("bad-request");
  }

  /** Found by fuzzing: the normal form of U+1FEF is a backtick, which stands in no address. */
  @Test
  void aReturnUrlThatIsNoAddressInItsNormalFormIsRefused() {
    String body =
        "{\"vendor\":\"acme\",\"userId\":\"anna\",\"returnUrl\":\"https://app.example.test/\u1fef\"}";

    assertThat(api.post("/v1/links", body).problem()).isEqualTo("bad-request");
  }

  @Test
  void aReturnUrlBeyondAsciiComesBackEncoded() {
    acme.newAccount();
    var landing = host.browser().walk(host.invite("anna", RunningHost.APPLICATION + "?q=\u00fc"));
    assertThat(landing.address()).isEqualTo(RunningHost.APPLICATION + "?q=%C3%BC&status=linked");
  }

  @Test
  void aUserIdWithHalfACharacterIsRefused() {
    String body = "{\"vendor\":\"acme\",\"userId\":\"\\ud800\"}";
    assertThat(api.post("/v1/links", body).problem()).isEqualTo("bad-request");
  }
}
