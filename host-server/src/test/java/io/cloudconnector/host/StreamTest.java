package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The event log as a stream. */
final class StreamTest extends HostTest {
  private final HttpClient client = HttpClient.newHttpClient();

  /** One reader of a stream. */
  private static final class Reader implements AutoCloseable {
    private final BufferedReader lines;

    Reader(InputStream body) {
      lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The lines up to the next empty one; heartbeats are skipped; none at the end. */
    List<String> next() {
      List<String> block = new ArrayList<>();
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.isEmpty() && !block.isEmpty()) {
            return block;
          }
          if (!line.isEmpty() && !line.startsWith(":")) {
            block.add(line);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return block;
    }

    String nextId() {
      return next().getFirst().substring("id: ".length());
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @AfterEach
  void hangUp() {
    client.shutdownNow();
  }

  private Reader open(String query, String lastEventId) throws Exception {
    HttpRequest.Builder request = api.request("/v1/events/stream" + query);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    return new Reader(response.body());
  }

  @Test
  void sendsWhatIsThereAndThenWhatComes() throws Exception {
    String account = host.link("anna");
    acme.put(account, "run/7", "{\"a\":\r\n 1.10}");
    try (Reader reader = open("", "")) {
      List<String> linked = reader.next();
      assertThat(linked.getLast()).contains("connection.linked");
      acme.notice(account, "run.updated", "7");

      List<String> updated = reader.next();

      assertThat(updated).hasSize(3);
      assertThat(updated.getFirst()).matches("id: c[0-9]+");
      String data = updated.get(1).substring(6) + "\n" + updated.get(2).substring(6);
      JsonNode event = JsonMapper.shared().readTree(data);
      assertThat(event).isEqualTo(api.events("data.updated").getFirst());
      assertThat(data).contains("1.10");
    }
  }

  @Test
  void goesOnBehindTheLastIdWhateverTheAddressSays() throws Exception {
    host.link("anna");
    host.link("ben");
    String first;
    String second;
    try (Reader reader = open("", "")) {
      first = reader.nextId();
      second = reader.nextId();
    }
    try (Reader reader = open("?after=" + first, "")) {
      assertThat(reader.nextId()).isEqualTo(second);
    }
    try (Reader reader = open("?after=c0", first)) {
      assertThat(reader.nextId()).isEqualTo(second);
    }
  }

  @Test
  void refusesBeforeItBegins() {
    String path = "/v1/events/stream";
    assertThat(api.get(path + "?after=c99").problem()).isEqualTo("cursor-expired");
    assertThat(api.get(path + "?after=x").problem()).isEqualTo("bad-request");
    assertThat(api.send(api.request(path).header("Last-Event-ID", "x")).problem())
        .isEqualTo("bad-request");
    assertThat(api.withoutKey().get(path).problem()).isEqualTo("unauthorized");
    Answer head = api.withKey(RunningHost.READ_ONLY_KEY).send(api.request(path).HEAD());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).contains("text/event-stream");
  }

  @Test
  void endsWithTheHostAndIsCountedWhileItIsOpen() throws Exception {
    host.link("anna");
    try (Reader reader = open("", "")) {
      reader.next();
      assertThat(api.get("/metrics").text()).contains("connector_streams_open 1.0");
      CompletableFuture<List<String>> end = CompletableFuture.supplyAsync(reader::next);

      host.restart("");

      assertThat(end.get(10, TimeUnit.SECONDS)).isEmpty();
      await().until(() -> host.api().get("/metrics").text().contains("connector_streams_open 0.0"));
    }
  }
}
