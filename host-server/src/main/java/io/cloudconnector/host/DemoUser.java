package io.cloudconnector.host;

import io.cloudconnector.host.config.StartupException;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Both people around the host, over its own HTTP interface: the operator's application, and the
 * user in a browser.
 */
final class DemoUser implements AutoCloseable {
  /** The application's name for the user. */
  static final String NAME = "demo-user";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.ALWAYS)
          .cookieHandler(new CookieManager())
          .connectTimeout(PATIENCE)
          .build();
  private final URI host;
  private final String apiKey;
  private String cursor = "";

  DemoUser(URI host, String apiKey) {
    this.host = host;
    this.apiKey = apiKey;
  }

  /** Asks for a link and follows it through the vendor's consent page, as a browser does. */
  void link(String vendor) {
    String wish = JSON.writeValueAsString(Map.of("vendor", vendor, "userId", NAME));
    JsonNode link =
        json(
            api("/v1/links")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(wish)));
    answer(request(URI.create(link.path("linkUrl").asString())));
    String status = json(api("/v1/connections/" + vendor + "/" + NAME)).path("status").asString();
    if (!status.equals("ACTIVE")) {
      throw new StartupException("the link to " + vendor + " is not active but " + status);
    }
  }

  /** What came since the last time; waits a second for it. */
  List<DemoEvent> newEvents() {
    JsonNode page = json(api("/v1/events?wait=1" + (cursor.isEmpty() ? "" : "&after=" + cursor)));
    cursor = page.path("next").asString();
    return page.path("events").valueStream().map(DemoEvent::of).toList();
  }

  private HttpRequest.Builder api(String path) {
    return request(host.resolve(path)).header("Authorization", "Bearer " + apiKey);
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(PATIENCE);
  }

  private JsonNode json(HttpRequest.Builder request) {
    return JSON.readTree(answer(request));
  }

  /** The path alone is told: what follows it may hold a secret. */
  private String answer(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      throw new StartupException(
          "the demo does not work: %s answered %d"
              .formatted(response.uri().getPath(), response.statusCode()));
    } catch (IOException e) {
      throw new StartupException(
          "the demo does not work: no answer from %s (%s)"
              .formatted(request.uri().getPath(), e.getClass().getSimpleName()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("the demo was interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
