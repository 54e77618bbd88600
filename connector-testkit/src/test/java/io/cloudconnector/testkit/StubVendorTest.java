package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
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

    HttpResponse<String> answer = get("/a");
    assertThat(answer.statusCode()).isEqualTo(501);
    assertThat(answer.body())
        .contains("was asked GET /a", "Written down are: POST /a.")
        .contains("vendor.on(\"GET\", \"/a\", StubReply.json(200, \"{}\"))")
        .contains("Exchange.get(");
    assertThat(vendor.calls()).extracting(RecordedCall::toString).containsExactly("GET /a");
  }

  @Test
  void endsATestWhoseConnectorAsksWhatNobodyWroteDown() {
    try (FakeHost host = FakeHost.of(new HelloConnectorFactory())) {
      FakeConnection connection = host.connection(Credentials.access(Secret.of("a")));

      assertThatThrownBy(
              () -> host.connector().fetchData(connection, Resource.one("steps", "2026-01-14")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("was asked GET /base/v1/steps/2026-01-14")
          .hasMessageContaining("Written down are: none.");
    }
  }

  @Test
  void a501ThatATestWroteDownIsTheVendors() {
    try (FakeHost host = FakeHost.of(new HelloConnectorFactory())) {
      host.vendor().on("GET", "/base/v1/steps/today", StubReply.status(501));
      FakeConnection connection = host.connection(Credentials.access(Secret.of("a")));

      assertThatThrownBy(() -> host.connector().fetchData(connection, Resource.all("steps")))
          .isInstanceOfSatisfying(
              VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(501));
    }
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
