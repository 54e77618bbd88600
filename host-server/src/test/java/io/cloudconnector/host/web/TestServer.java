package io.cloudconnector.host.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cloudconnector.api.Secret;
import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.config.ApiKey;
import io.cloudconnector.host.config.ProxySettings;
import io.cloudconnector.host.config.ServerSettings;
import io.cloudconnector.host.config.TlsSettings;
import io.cloudconnector.host.observe.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Our server with three routes: {@code GET /source} tells where the caller comes from, {@code POST
 * /body} how long the body was, and {@code GET /v1/guarded} wants a key.
 */
final class TestServer implements AutoCloseable {
  static final String KEY = "the-key-of-the-application-0123456789";

  final SettableClock clock = new SettableClock();
  final Metrics metrics = new Metrics();
  final WebServer server;

  TestServer(HttpBounds bounds, ProxySettings proxies, Optional<TlsSettings> tls) {
    ServerSettings settings =
        new ServerSettings(
            "127.0.0.1",
            0,
            URI.create("https://connect.example.com"),
            OptionalInt.empty(),
            tls,
            proxies);
    ClientAddresses addresses = new ClientAddresses(proxies);
    server =
        WebServer.of(
            settings,
            List.of(
                new Route("GET", "/source", true, exchange -> source(addresses, exchange)),
                new Route("POST", "/body", true, TestServer::length),
                new Route("GET", "/v1/guarded", false, exchange -> Reply.empty(204))),
            List.of(),
            new ApiKeys(
                List.of(new ApiKey("one", Secret.of(KEY), false)),
                addresses,
                new WrongKeys(metrics, clock)),
            metrics,
            bounds,
            clock);
    server.start();
  }

  static TestServer usual() {
    return new TestServer(HttpBounds.USUAL, ProxySettings.NONE, Optional.empty());
  }

  static TestServer behind(ProxySettings proxies) {
    return new TestServer(HttpBounds.USUAL, proxies, Optional.empty());
  }

  private static Reply source(ClientAddresses addresses, Exchange exchange) {
    return Reply.text(200, "text/plain", addresses.of(exchange.request()).text());
  }

  private static Reply length(Exchange exchange) {
    return Reply.text(200, "text/plain", Integer.toString(exchange.body().length));
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** All that is answered to these bytes until the server ends the connection. */
  String raw(String bytes) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  /** The answer to a GET with some more headers, each with its line end. */
  String get(String path, String headers) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + headers + "\r\n");
  }

  @Override
  public void close() {
    server.close();
    metrics.close();
  }
}
