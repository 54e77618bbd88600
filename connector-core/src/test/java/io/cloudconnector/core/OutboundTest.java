package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.UndeclaredHostException;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token reaches the declared host, and no other by whatever trick. */
class OutboundTest {
  private final List<String> heardByTheOther = new CopyOnWriteArrayList<>();
  private HttpServer declared;
  private HttpServer other;
  private VendorHttpClient client;
  private VendorHttp http;

  @BeforeEach
  void start() throws IOException {
    declared = server();
    other = server();
    other.createContext(
        "/",
        exchange -> {
          heardByTheOther.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    Descriptor acme =
        Descriptor.builder(new VendorType("acme"), "Acme")
            .endpoint("base", "https://acme.example")
            .build();
    Map<String, URI> endpoints = Map.of("base", URI.create(filled("http://127.0.0.1:{declared}")));
    client = VendorHttpClient.create(DeclaredHosts.of(acme, new EndpointsOnly(endpoints)), "acme");
    http = client.with(new CountingGate(), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() {
    client.close();
    declared.stop(0);
    other.stop(0);
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  private String filled(String address) {
    return address
        .replace("{declared}", Integer.toString(declared.getAddress().getPort()))
        .replace("{other}", Integer.toString(other.getAddress().getPort()));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsAnAnswerAndNeverFollowed(int status) {
    declared.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", filled("http://127.0.0.1:{other}/"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    URI address = URI.create(filled("http://127.0.0.1:{declared}/token"));

    assertThat(http.send(signed(HttpCall.get(address))).status()).isEqualTo(status);
    HttpCall form = HttpCall.of("POST", address).form(Map.of("refresh_token", "sesame"));
    assertThat(http.send(form).status()).isEqualTo(status);
    assertThat(heardByTheOther).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:{other}/",
        "http://localhost:{other}/",
        "http://localhost:{declared}/",
        "http://LOCALHOST:{other}/",
        "http://127.0.0.1.:{other}/",
        "http://localhost.:{other}/",
        "http://127.1:{other}/",
        "http://2130706433:{other}/",
        "http://0x7f000001:{other}/",
        "http://0177.0.0.1:{other}/",
        "http://[::ffff:127.0.0.1]:{other}/",
        "http://[::ffff:7f00:1]:{other}/",
        "http://127.0.0.1:{declared}@127.0.0.1:{other}/",
        "http://127.0.0.1%3A{declared}@127.0.0.1:{other}/",
        "http://user:password@127.0.0.1:{declared}/",
        "http://127.0.0.1:{other}/#@127.0.0.1:{declared}/",
        "http://127.0.0.1:{other}?@127.0.0.1:{declared}/",
        "http://127.0.0.1:{declared}\\@127.0.0.1:{other}/",
        "http://\u2460\u2461\u2466.0.0.1:{other}/",
        "http://127\u30020\u30020\u30021:{other}/",
        "https://127.0.0.1:{declared}/",
        "HTTP://127.0.0.1:{other}/",
        "ftp://127.0.0.1:{declared}/",
        "//127.0.0.1:{other}/",
        "http:///",
        "http://127.0.0.1:/",
      })
  void anAddressThatIsNotExactlyADeclaredOriginIsRefusedBeforeAnythingIsSent(String address) {
    assertThatThrownBy(() -> http.send(signed(HttpCall.get(URI.create(filled(address))))))
        .isInstanceOfAny(IllegalArgumentException.class, UndeclaredHostException.class)
        .hasMessageNotContaining("sesame");
    assertThat(heardByTheOther).isEmpty();
  }

  @Test
  void theHostHeaderIsNotTheConnectorsToChoose() {
    URI address = URI.create(filled("http://127.0.0.1:{declared}/"));
    assertThatThrownBy(() -> http.send(HttpCall.get(address).header("Host", "evil.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Host'");
  }

  private static HttpCall signed(HttpCall call) {
    return call.header("Authorization", "Bearer sesame");
  }
}
