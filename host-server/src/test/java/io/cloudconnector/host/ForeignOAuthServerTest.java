package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Our side of OAuth against a server that nobody here wrote: NAV's, with a page to log in at,
 * signed tokens, PKCE and refresh tokens that rotate. What stands before it only looks at the
 * requests and lets them through.
 */
final class ForeignOAuthServerTest {
  private static final String ISSUER = "health";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final MockOAuth2Server oauth =
      new MockOAuth2Server(
          OAuth2Config.Companion.fromJson(
              "{\"interactiveLogin\":true,\"rotateRefreshToken\":true,"
                  + "\"httpServer\":\"NettyWrapper\"}"));
  private final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();
  private SimulatedServer vendor;
  private RunningHost host;

  @BeforeEach
  void start(@TempDir Path folder) {
    oauth.start(InetAddress.getLoopbackAddress(), 0);
    host = new RunningHost(TestDatabase.SQLITE, folder);
    vendor = new SimulatedServer(host.clock);
    vendor.route("POST", "/token", this::token);
    vendor.route("GET", "/v1/me", request -> whose(request).orElse(SimulatedReply.empty(401)));
    vendor.route("GET", "/v1/run/7", request -> whose(request).orElse(SimulatedReply.empty(401)));
    vendor.start();
    host.restartTowards(
        vendor.url(""),
        oauth.authorizationEndpointUrl(ISSUER).uri(),
        vendor.url("/token"),
        "scopes: [ openid, \"read:run\" ]");
  }

  @AfterEach
  void stop() {
    host.close();
    vendor.close();
    oauth.shutdown();
    http.shutdownNow();
  }

  private SimulatedReply token(SimulatedRequest request) {
    tokenRequests.add(request.form());
    return passedOn(
        HttpRequest.newBuilder(oauth.tokenEndpointUrl(ISSUER).uri())
            .header("Content-Type", request.header("content-type").orElseThrow())
            .POST(BodyPublishers.ofByteArray(request.body())));
  }

  /** The subject of a token, by the word of the server that issued it. */
  private Optional<SimulatedReply> whose(SimulatedRequest request) {
    return request
        .header("authorization")
        .map(
            header ->
                passedOn(
                    HttpRequest.newBuilder(oauth.userInfoUrl(ISSUER).uri())
                        .header("Authorization", header)))
        .filter(reply -> reply.status() == 200)
        .map(reply -> new String(reply.body(), UTF_8).replace("\"sub\"", "\"id\""))
        .map(json -> SimulatedReply.json(200, json));
  }

  private SimulatedReply passedOn(HttpRequest.Builder request) {
    HttpResponse<byte[]> answer = send(request);
    return SimulatedReply.json(answer.statusCode(), answer.body());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Opens a link and logs in on the foreign page; returns the way back. */
  private String login(Browser browser, String link, String name) {
    String page = browser.open(link).location();
    HttpResponse<byte[]> form = send(HttpRequest.newBuilder(URI.create(page)));
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(new String(form.body(), UTF_8)).contains("<form").contains("username");
    HttpResponse<byte[]> sent =
        send(
            HttpRequest.newBuilder(URI.create(page))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + URLEncoder.encode(name, UTF_8))));
    assertThat(sent.statusCode()).isEqualTo(302);
    return sent.headers().firstValue("Location").orElseThrow();
  }

  private void link(String name) {
    Browser browser = host.browser();
    String callback = login(browser, host.invite("anna"), name);
    assertThat(browser.open(callback).location())
        .isEqualTo(RunningHost.APPLICATION + "?status=linked");
  }

  private JsonNode connection() {
    return host.api().get(Api.connection("anna")).json();
  }

  private Answer run() {
    return host.api().get(Api.connection("anna") + "/data/run/7");
  }

  @Test
  void itAcceptsOurWholeWalkFromTheLoginPageToTheData() throws Exception {
    link("anna-at-nav");

    assertThat(connection().get("accountIds").toString()).isEqualTo("[\"anna-at-nav\"]");
    assertThat(connection().get("status").asString()).isEqualTo("ACTIVE");
    assertThat(run().json().get("id").asString()).isEqualTo("anna-at-nav");
    assertThat(host.api().events("connection.linked")).hasSize(1);
    Map<String, String> asked = tokenRequests.getFirst();
    assertThat(asked)
        .containsEntry("grant_type", "authorization_code")
        .containsKey("code_verifier");
    String bearer = vendor.requests().of("GET", "/v1/run/7").getFirst().bearerToken().orElseThrow();
    assertThat(SignedJWT.parse(bearer).getJWTClaimsSet().getSubject()).isEqualTo("anna-at-nav");
  }

  @Test
  void itsRotatingRefreshTokensAreFollowed() {
    link("anna-at-nav");
    for (int round = 0; round < 3; round++) {
      host.clock.advance(Duration.ofHours(2));
      assertThat(run().status()).isEqualTo(200);
    }

    List<String> used =
        tokenRequests.stream()
            .filter(form -> "refresh_token".equals(form.get("grant_type")))
            .map(form -> form.getOrDefault("refresh_token", "none"))
            .toList();
    assertThat(used).hasSize(3).doesNotHaveDuplicates();
    assertThat(connection().get("status").asString()).isEqualTo("ACTIVE");
  }

  @Test
  void aVerifierThatIsNotTheWalksIsRefusedByIt() {
    Browser browser = host.browser();
    String one = login(browser, host.invite("anna"), "anna-at-nav");
    String two = login(browser, host.invite("anna"), "anna-at-nav");
    String otherCode = two.replaceAll(".*[?&]code=([^&]*).*", "$1");

    Answer answer = browser.open(one.replaceAll("code=[^&]*", "code=" + otherCode));

    assertThat(answer.location()).endsWith("status=error&error=vendor_refused");
    assertThat(host.api().events()).isEmpty();
  }

  @Test
  void anOutageBeforeItKillsNothing() {
    link("anna-at-nav");
    host.clock.advance(Duration.ofHours(2));
    vendor.faults().on("/token").next(1, Fault.forbiddenByProxy());

    assertThat(run().status()).isEqualTo(502);
    host.clock.advance(Duration.ofMinutes(10));

    assertThat(run().status()).isEqualTo(200);
    assertThat(connection().get("status").asString()).isEqualTo("ACTIVE");
  }
}
