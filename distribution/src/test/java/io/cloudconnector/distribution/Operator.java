package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The operator's application: calls the host, and reads its feed from where it last was. */
final class Operator implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI host;
  private final String apiKey;

  Operator(URI host, String apiKey) {
    this.host = host;
    this.apiKey = apiKey;
  }

  /** Whether the host answers that it is ready. */
  boolean seesReadyHost() {
    try {
      return http.send(HttpRequest.newBuilder(at("/health/ready")).build(), BodyHandlers.ofString())
              .statusCode()
          == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks for a link and follows it as a browser does; returns the last page. */
  HttpResponse<String> link(String vendor, String userId) {
    String wish = "{\"vendor\":\"%s\",\"userId\":\"%s\"}".formatted(vendor, userId);
    HttpResponse<String> link =
        send(api("/v1/links").POST(BodyPublishers.ofString(wish)), BodyHandlers.ofString());
    assertThat(link.statusCode()).as(link.body()).isEqualTo(201);
    URI url = URI.create(JSON.readTree(link.body()).path("linkUrl").asString());
    try (HttpClient browser =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      return browser.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> get(String path) {
    return send(api(path), BodyHandlers.ofByteArray());
  }

  int delete(String path) {
    return send(api(path).DELETE(), BodyHandlers.discarding()).statusCode();
  }

  /** Tells the host to do something; returns the status of its answer. */
  int command(String path) {
    return send(api(path).POST(BodyPublishers.noBody()), BodyHandlers.discarding()).statusCode();
  }

  /** Sends what anyone may send, without a key. */
  int post(String path, byte[] body) {
    return send(
            HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofByteArray(body)),
            BodyHandlers.discarding())
        .statusCode();
  }

  JsonNode connection(String vendor, String userId) {
    return JSON.readTree(get("/v1/connections/" + vendor + "/" + userId).body());
  }

  /** The whole feed, as it is sent. */
  String feed() {
    HttpResponse<byte[]> page = get("/v1/events?limit=1000");
    assertThat(page.statusCode()).isEqualTo(200);
    return new String(page.body(), java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The cursor of a reader that has read everything. */
  String end() {
    return JSON.readTree(feed()).path("next").asString();
  }

  /** All events of a type, oldest first. */
  List<JsonNode> events(String type) {
    return JSON.readTree(feed())
        .path("events")
        .valueStream()
        .filter(event -> event.path("type").asString().equals(type))
        .toList();
  }

  private HttpRequest.Builder api(String path) {
    return HttpRequest.newBuilder(at(path))
        .header("Authorization", "Bearer " + apiKey)
        .header("Content-Type", "application/json");
  }

  private URI at(String path) {
    return host.resolve(path);
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(30)).build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
