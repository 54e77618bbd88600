package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.TestClient;
import io.cloudconnector.simulator.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A started cloud with one person, and a client. */
abstract class OuraTest {
  static final String ALL =
      "email personal daily heartrate tag workout session spo2 ring_configuration stress"
          + " heart_health";

  final TestClock clock = new TestClock();
  final OuraCloud cloud = new OuraCloud(7, clock);
  final TestClient client = new TestClient();
  String account = "";

  @BeforeEach
  void open() {
    cloud.start();
    account = cloud.addPerson(12);
  }

  @AfterEach
  void close() {
    client.close();
    cloud.close();
  }

  OuraPerson person() {
    return cloud.person(account);
  }

  String accessToken() throws IOException {
    return accessToken(ALL);
  }

  String accessToken(String scopes) throws IOException {
    return client.link(cloud, scopes).path("access_token").asString();
  }

  URI api(String path) {
    return URI.create(TestClient.text(cloud.connectorSettings(), "baseUrl") + path);
  }

  HttpResponse<byte[]> get(String path, String token) throws IOException {
    return client.get(api(path), token);
  }

  HttpResponse<byte[]> data(String path, String token) throws IOException {
    return get("/v2/usercollection/" + path, token);
  }
}
