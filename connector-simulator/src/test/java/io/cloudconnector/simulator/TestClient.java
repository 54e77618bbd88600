package io.cloudconnector.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an application does with a cloud: a browser, a client of its token endpoint and API. */
public final class TestClient implements AutoCloseable {
  public static final URI CALLBACK = URI.create("https://app.example.com/callback");

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http = HttpClient.newHttpClient();

  public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  public HttpResponse<byte[]> get(URI url) throws IOException {
    return send(HttpRequest.newBuilder(url));
  }

  public HttpResponse<byte[]> get(URI url, String token) throws IOException {
    return send(HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token));
  }

  public HttpResponse<byte[]> post(URI url, Map<String, String> form) throws IOException {
    return send(formRequest(url, form));
  }

  public static HttpRequest.Builder formRequest(URI url, Map<String, String> form) {
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(FormText.write(form)));
  }

  /** What the consent page sends back to the application. */
  public Map<String, String> consent(URI authUrl, Map<String, String> query) throws IOException {
    HttpResponse<byte[]> answer = get(URI.create(authUrl + "?" + FormText.write(query)));
    String location = answer.headers().firstValue("Location").orElseThrow();
    return FormText.parse(URI.create(location).getRawQuery());
  }

  /** The parameters of an ordinary request for consent. */
  public static Map<String, String> consentQuery(Object clientId, String scope) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", clientId.toString());
    query.put("redirect_uri", CALLBACK.toString());
    query.put("scope", scope);
    query.put("state", "a-long-enough-state");
    return query;
  }

  /** The whole flow against a cloud, as its settings describe it. */
  public JsonNode link(SimulatedCloud cloud, String scope) throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    Map<String, String> answer =
        consent(setting(settings, "authUrl"), consentQuery(text(settings, "clientId"), scope));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", answer.getOrDefault("code", ""));
    form.put("redirect_uri", CALLBACK.toString());
    return json(post(setting(settings, "tokenUrl"), credentials(settings, form)));
  }

  public HttpResponse<byte[]> refresh(SimulatedCloud cloud, String refreshToken)
      throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    return post(setting(settings, "tokenUrl"), credentials(settings, form));
  }

  private static Map<String, String> credentials(
      Map<String, Object> settings, Map<String, String> form) {
    form.put("client_id", text(settings, "clientId"));
    form.put("client_secret", text(settings, "clientSecret"));
    return form;
  }

  public static URI setting(Map<String, Object> settings, String name) {
    return URI.create(text(settings, name));
  }

  public static String text(Map<String, Object> settings, String name) {
    return String.valueOf(settings.get(name));
  }

  public static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(answer.body());
  }

  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
