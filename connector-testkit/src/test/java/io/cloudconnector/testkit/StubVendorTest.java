package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StubVendorTest {
  private final StubVendor vendor = StubVendor.start();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    vendor.close();
    client.close();
  }

  @Test
  void answers501ToWhatNobodyWroteDown() throws Exception {
    vendor.on("POST", "/a", StubReply.status(204));

    assertThat(get("/a").statusCode()).isEqualTo(501);
    assertThat(vendor.calls()).extracting(RecordedCall::toString).containsExactly("GET /a");
  }

  @Test
  void breaksOffInTheMiddle() {
    vendor.on("GET", "/a", StubReply.json(200, "{\"a\":1234567890}").cutOff());

    assertThatThrownBy(() -> get("/a")).isInstanceOf(IOException.class);
  }

  @Test
  void givesNoAnswerAtAll() {
    vendor.on("GET", "/a", StubReply.never());

    assertThatThrownBy(() -> get("/a", Duration.ofMillis(200)))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void answersOneAfterAnotherAndTheLastAgainAndAgain() throws Exception {
    vendor.on(
        StubVendor.ANY,
        "/a",
        StubReply.status(429).header("Retry-After", "7"),
        StubReply.json(200, "{}"));

    HttpResponse<String> first = get("/a?b=c%20d");
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).contains("7");
    assertThat(get("/a").body()).isEqualTo("{}");
    assertThat(get("/a").body()).isEqualTo("{}");
    assertThat(vendor.calls("/a").getFirst().query()).isEqualTo("b=c%20d");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(path, Duration.ofSeconds(20));
  }

  private HttpResponse<String> get(String path, Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(vendor.url(path)).timeout(timeout).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
