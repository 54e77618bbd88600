package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of HTTP is refused, and how every answer looks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class HardenedHttpTest {
  private static final String POST = "POST /body HTTP/1.1\r\nHost: h\r\nConnection: close\r\n";
  private TestServer server;

  @BeforeAll
  void start() {
    server = TestServer.usual();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void headersThatAreTooLargeAreAnswered431() throws IOException {
    assertThat(server.get("/source", "X-Large: " + "a".repeat(9_000) + "\r\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("\"type\":\"headers-too-large\"");
    assertThat(server.get("/source", "X: y\r\n".repeat(2_000))).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void anAddressThatIsTooLongIsAnswered414() throws IOException {
    assertThat(server.get("/source?" + "a".repeat(9_000), ""))
        .startsWith("HTTP/1.1 414 ")
        .contains("\"type\":\"uri-too-long\"");
  }

  @Test
  void aBodyThatIsTooLargeIsAnswered413() throws IOException {
    assertThat(server.raw(POST + "Content-Length: 1048577\r\n\r\n" + "a".repeat(1_048_577)))
        .startsWith("HTTP/1.1 413 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two lengths              | Content-Length: 2~Content-Length: 2",
        "two different lengths    | Content-Length: 2~Content-Length: 7",
        "a list of lengths        | Content-Length: 2, 7",
        "length and chunks        | Content-Length: 2~Transfer-Encoding: chunked",
        "chunks and length        | Transfer-Encoding: chunked~Content-Length: 2",
        "another coding           | Transfer-Encoding: chunked, identity",
        "a space before the colon | Content-Length : 2",
        "a negative length        | Content-Length: -2",
        "a length with a sign     | Content-Length: +2",
        "an obscured coding       | Transfer-Encoding: xchunked",
        "a folded header          | X-Folded: a~ b~Content-Length: 2",
        "two hosts                | Host: g~Content-Length: 2",
      })
  void whatTwoServersCouldReadDifferentlyIsRefused(String name, String headers) throws IOException {
    assertThat(server.raw(POST + headers.replace("~", "\r\n") + "\r\n\r\n{}"))
        .as(name)
        .matches("(?s)HTTP/1\\.1 (400|501) .*")
        .doesNotContain(" 200 ");
  }

  @Test
  void aRequestWithoutAHostIsRefused() throws IOException {
    assertThat(server.raw("GET /source HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  /** Every address that the host gives out begins with the configured one. */
  @Test
  void aMadeUpHostChangesNothing() throws IOException {
    String answer =
        server.raw("GET /source HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("evil.example");
  }

  @Test
  void anOldVersionOfHttpIsServedAndEndsItsConnection() throws IOException {
    assertThat(server.raw("GET /source HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    assertThat(server.raw("GET /source HTTP/9.9\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 505 ");
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    String first = "POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    String answers = server.raw(first + POST + "Content-Length: 4\r\n\r\nabcd");

    assertThat(answers).containsSubsequence("HTTP/1.1 200 ", "\r\n\r\n3", "HTTP/1.1 200 ");
    assertThat(answers).endsWith("\r\n\r\n4");
  }

  @ParameterizedTest
  @CsvSource({"TRACE,/source", "CONNECT,h:443", "CONNECT,/source", "PATCH,/source", "track,/body"})
  void otherMethodsAreRefusedAndEchoNothing(String method, String target) throws IOException {
    assertThat(
            server.raw(
                method
                    + " "
                    + target
                    + " HTTP/1.1\r\nHost: h\r\nX-Told: told-once\r\nConnection: close\r\n\r\n"))
        .matches("(?s)HTTP/1\\.1 (400|404|405|501) .*")
        .doesNotContain("told-once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /source HTTP/1.1~Host: h",
        "GET /nothing HTTP/1.1~Host: h",
        "GET /v1/guarded HTTP/1.1~Host: h",
        "POST /source HTTP/1.1~Host: h~Content-Length: 0",
        "GET /source HTTP/1.1",
        "GET /../source HTTP/1.1~Host: h",
        "NONSENSE",
        "GET /source HTTP/9.9~Host: h",
        "TRACE / HTTP/1.1~Host: h",
      })
  void everyAnswerSaysThatNothingMayBeKeptFramedOrGuessedAndNotWhatServesIt(String head)
      throws IOException {
    String answer = server.raw(head.replace("~", "\r\n") + "\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 ")
        .contains("Cache-Control: no-store")
        .contains("X-Content-Type-Options: nosniff")
        .contains("Referrer-Policy: no-referrer")
        .contains("frame-ancestors 'none'")
        .doesNotContainIgnoringCase("jetty")
        .doesNotContain("Server:")
        .doesNotContain("X-Powered-By")
        .doesNotContain("Strict-Transport-Security");
  }
}
