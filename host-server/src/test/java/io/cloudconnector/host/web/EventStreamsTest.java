package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.ApiKey;
import io.cloudconnector.host.config.ProxySettings;
import io.cloudconnector.host.config.ServerSettings;
import io.cloudconnector.host.delivery.Cursor;
import io.cloudconnector.host.delivery.EventFeed;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamsTest {
  private Database database;
  private EventFeed feed;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = TestDatabase.SQLITE.open(folder);
    feed = new EventFeed(database);
  }

  @AfterEach
  void close() {
    feed.close();
    database.close();
  }

  private EventStreams streams(int most, Duration writeDeadline) {
    return new EventStreams(feed, most, Duration.ofMillis(100), writeDeadline);
  }

  @Test
  void servesNoMoreAtOnceThanAllowed() {
    try (EventStreams streams = streams(1, Duration.ofSeconds(30))) {
      Reply first = streams.stream(Cursor.START, false);

      assertThatThrownBy(() -> streams.stream(Cursor.START, false))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("no more than 1 streams");
      assertThat(streams.stream(Cursor.START, true).status()).isEqualTo(200);

      assertThatThrownBy(
              () ->
                  first.stream()
                      .orElseThrow()
                      .writeTo(
                          new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                              throw new IOException("the reader went away");
                            }
                          }))
          .isInstanceOf(IOException.class);
      assertThat(streams.open()).isZero();
    }
  }

  @Test
  void dropsAReaderThatDoesNotRead() throws IOException {
    database.execute(tx -> appendMuch(tx));
    try (Metrics metrics = new Metrics();
        EventStreams streams = streams(5, Duration.ofMillis(500));
        WebServer server = server(streams, metrics);
        Socket reader = new Socket()) {
      server.start();
      reader.setReceiveBufferSize(4096);
      reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      reader
          .getOutputStream()
          .write("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> streams.open() == 1);

      await().atMost(Duration.ofSeconds(10)).until(() -> streams.open() == 0);
    }
  }

  private void appendMuch(Handle tx) {
    Bytes data =
        Bytes.of(("\"" + "x".repeat(1_000_000) + "\"").getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 8; i++) {
      new EventLog(database)
          .append(
              tx,
              new NewEvent(
                  "e" + i,
                  "data.updated",
                  new VendorType("acme"),
                  "ann",
                  "acme/ann",
                  "run",
                  "7",
                  "t",
                  "live",
                  Instant.EPOCH,
                  "application/json",
                  data));
    }
  }

  private static WebServer server(EventStreams streams, Metrics metrics) {
    return WebServer.of(
        new ServerSettings(
            "127.0.0.1", 0, URI.create("https://connect.example.com"), OptionalInt.empty()),
        List.of(
            new Route("GET", "/stream", true, exchange -> streams.stream(Cursor.OLDEST, false))),
        List.of(),
        new ApiKeys(
            List.of(new ApiKey("one", Secret.of("a-key-0123456789"), false)),
            new ClientAddresses(ProxySettings.NONE),
            new WrongKeys(metrics, InstantSource.system())),
        metrics,
        HttpBounds.USUAL,
        InstantSource.system());
  }
}
