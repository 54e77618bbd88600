package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A started cloud with one member, and a client. */
abstract class WhoopTest {
  static final String ALL =
      "offline read:recovery read:cycles read:workout read:sleep read:profile"
          + " read:body_measurement";

  final TestClock clock = new TestClock();
  final WhoopCloud cloud = new WhoopCloud(7, clock);
  final TestClient client = new TestClient();
  String account = "";

  @BeforeEach
  void open() {
    cloud.start();
    account = cloud.addPerson();
  }

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  WhoopPerson person() {
    return cloud.person(account);
  }

  String accessToken() throws IOException {
    return client.link(cloud, ALL).path("access_token").asString();
  }

  URI api(String path) {
    Map<String, Object> settings = cloud.connectorSettings();
    return URI.create(TestClient.text(settings, "baseUrl") + path);
  }

  HttpResponse<byte[]> get(String path, String token) throws IOException {
    return client.get(api(path), token);
  }
}
