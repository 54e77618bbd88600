package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what. */
final class AccessTest extends HostTest {
  @Test
  void withoutAGoodKeyNothingBelowV1IsSaid() {
    for (String path : new String[] {"/v1/events", "/v1/connectors", "/v1", "/v1/nothing"}) {
      assertThat(api.withoutKey().get(path).problem()).as(path).isEqualTo("unauthorized");
      assertThat(api.withKey("wrong").get(path).problem()).as(path).isEqualTo("unauthorized");
      assertThat(api.withKey("").get(path).problem()).as(path).isEqualTo("unauthorized");
    }
    assertThat(api.withoutKey().post("/v1/links", "{}").problem()).isEqualTo("unauthorized");
    assertThat(
            api.send(
                    api.withoutKey()
                        .request("/v1/events")
                        .header("Authorization", "Basic " + RunningHost.API_KEY)
                        .GET())
                .problem())
        .isEqualTo("unauthorized");
  }

  @Test
  void aReadOnlyKeyReadsAndChangesNothing() {
    host.link("anna");
    Api dashboard = api.withKey(RunningHost.READ_ONLY_KEY);

    assertThat(dashboard.get("/v1/events").status()).isEqualTo(200);
    assertThat(dashboard.get(Api.connection("anna")).status()).isEqualTo(200);
    assertThat(dashboard.delete(Api.connection("anna")).problem()).isEqualTo("read-only-key");
    assertThat(dashboard.post("/v1/links", "{}").problem()).isEqualTo("read-only-key");
    assertThat(dashboard.post("/v1/quarantine/1/replay").problem()).isEqualTo("read-only-key");
    assertThat(api.get(Api.connection("anna")).json().get("status").asString()).isEqualTo("ACTIVE");
  }

  @Test
  void otherMethodsAndAddressesAreRefused() {
    Answer answer = api.post("/v1/events", "{}");
    assertThat(answer.problem()).isEqualTo("method-not-allowed");
    assertThat(answer.header("Allow")).contains("GET");
    assertThat(api.get("/v1/links").header("Allow")).contains("POST");
    assertThat(api.get("/v1/nothing").problem()).isEqualTo("not-found");
    assertThat(api.get("/v1").problem()).isEqualTo("not-found");
    assertThat(api.get("/v1/events/").problem()).isEqualTo("not-found");
    assertThat(api.withoutKey().get("/").problem()).isEqualTo("not-found");
    assertThat(api.withoutKey().get("/link/none").status()).isEqualTo(410);
  }

  @Test
  void noAnswerMayBeKeptFramedOrGuessedAt() {
    for (String path : new String[] {"/v1/events", "/nothing", "/link/none", "/health/live"}) {
      Answer answer = api.get(path);
      assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
      assertThat(answer.header("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(answer.header("Referrer-Policy")).as(path).contains("no-referrer");
      assertThat(answer.header("Content-Security-Policy").orElse("")).contains("frame-ancestors");
      assertThat(answer.header("Server")).as(path).isEmpty();
    }
  }

  @Test
  void whatWatchesOverTheHostNeedsNoKey() {
    Api anyone = api.withoutKey();

    assertThat(anyone.get("/health/live").json().get("status").asString()).isEqualTo("live");
    assertThat(anyone.get("/health/ready").json().get("status").asString()).isEqualTo("ready");
    assertThat(anyone.get("/metrics").text()).contains("connector_http_requests_total");
    assertThat(anyone.get("/openapi.yaml").text()).startsWith("openapi: 3.1");
  }

  @Test
  void headIsServedLikeGetWithoutItsBody() {
    Answer answer = api.send(api.request("/v1/events").method("HEAD", BodyPublishers.noBody()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/events?after=%zz HTTP/1.1",
        "GET /v1/events?after=%ff%fe HTTP/1.1",
        "GET /v1/connections?userId=%c3%28 HTTP/1.1",
        "GET /v1/connections/acme/%zz HTTP/1.1",
        "GET /v1/connections/acme/%ff HTTP/1.1",
        "GET /v1/connections/acme/%00 HTTP/1.1",
        "GET /v1/connections/acme/%2e%2e HTTP/1.1",
        "GET /oauth/acme/callback?state=%zz HTTP/1.1",
        "GET /link/%zz HTTP/1.1",
        "GET /v1/../v1/events HTTP/1.1",
        "NONSENSE",
      })
  void brokenRequestsAreTheCallersFault(String line) throws IOException {
    String answer = raw(line);

    assertThat(answer).matches("(?s)HTTP/1\\.1 (400|404) .*");
    assertThat(answer).doesNotContain("Exception").doesNotContain("io.cloudconnector");
  }

  @Test
  void aCookieThatCannotBeReadIsNone() throws IOException {
    String line = "GET /oauth/acme/callback?state=none HTTP/1.1\r\nCookie: connector_link=!\t! ";
    assertThat(raw(line)).matches("(?s)HTTP/1\\.1 4.*").contains("text/html");
  }

  @Test
  void aWebhookWithABrokenQueryIsJudgedLikeAnother() throws IOException {
    assertThat(raw("POST /webhooks/acme?x=%zz&y={|} HTTP/1.1")).startsWith("HTTP/1.1 401 ");
  }

  /** A body that comes after its answer would leave the next request without one. */
  @Test
  void aBodyThatNobodyReadDoesNotCostTheNextRequestItsConnection() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.setSoTimeout(300);
      String head = "POST /v1/links HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      String early = untilSilent(socket);
      String rest = "{}GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(rest.getBytes(UTF_8));
      socket.setSoTimeout(30_000);
      String late = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertThat(early + late).contains("HTTP/1.1 401 ", "HTTP/1.1 200 ");
    }
  }

  @Test
  void aLargeBodyThatNobodyReadEndsTheConnectionInWords() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      String head = "POST /v1/links HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 401 ")
          .contains("Connection: close");
    }
  }

  @Test
  void aRequestWithoutABodyKeepsItsConnection() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      String head = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n";
      socket.getOutputStream().write((head + "\r\n").getBytes(UTF_8));
      socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .containsSubsequence("HTTP/1.1 200 ", "HTTP/1.1 200 ");
    }
  }

  private static String untilSilent(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        text.append((char) read);
      }
    } catch (SocketTimeoutException silent) {
      return text.toString();
    }
    return text.toString();
  }

  private String raw(String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), host.port())) {
      String request =
          line
              + "\r\nHost: localhost\r\nAuthorization: Bearer "
              + RunningHost.API_KEY
              + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
