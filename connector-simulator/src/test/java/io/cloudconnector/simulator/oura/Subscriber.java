package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What an application does with its subscriptions. */
final class Subscriber {
  private final OuraCloud cloud;
  private final TestClient client;

  Subscriber(OuraCloud cloud, TestClient client) {
    this.cloud = cloud;
    this.client = client;
  }

  static Map<String, Object> wish(URI callback, String event, String data) {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("callback_url", callback.toString());
    wish.put("verification_token", Callback.TOKEN);
    wish.put("event_type", event);
    wish.put("data_type", data);
    return wish;
  }

  HttpResponse<byte[]> subscribe(URI callback, String event, String data) throws IOException {
    return send("POST", "", wish(callback, event, data));
  }

  HttpResponse<byte[]> send(String method, String path, Object body) throws IOException {
    return send(method, path, JsonMapper.shared().writeValueAsString(body));
  }

  HttpResponse<byte[]> send(String method, String path, String body) throws IOException {
    Map<String, Object> settings = cloud.connectorSettings();
    return client.send(
        request(method, path, body)
            .header("x-client-id", TestClient.text(settings, "clientId"))
            .header("x-client-secret", TestClient.text(settings, "clientSecret")));
  }

  HttpRequest.Builder request(String method, String path, String body) {
    String base = TestClient.text(cloud.connectorSettings(), "baseUrl");
    return HttpRequest.newBuilder(URI.create(base + "/v2/webhook/subscription" + path))
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body));
  }
}
