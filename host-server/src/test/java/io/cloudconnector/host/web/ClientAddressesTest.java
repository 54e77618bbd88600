package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.config.AddressRange;
import io.cloudconnector.host.config.ForwardedHeader;
import io.cloudconnector.host.config.ProxySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressesTest {
  @Test
  void whatAHeaderSaysIsIgnoredWhereNoProxyIsTrusted() throws IOException {
    try (TestServer server = TestServer.usual()) {
      assertThat(told(server, "X-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1\r\n"))
          .isEqualTo("127.0.0.1");
    }
  }

  @Test
  void aCallerThatIsNoTrustedProxyIsNotBelieved() throws IOException {
    try (TestServer server =
        TestServer.behind(trusted(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.0/8"))) {
      assertThat(told(server, "X-Forwarded-For: 192.0.2.1\r\n")).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                             | 192.0.2.1",
        // The caller wrote the first itself.
        "6.6.6.6, 192.0.2.1                    | 192.0.2.1",
        "6.6.6.6, 192.0.2.1, 10.1.2.3          | 192.0.2.1",
        "192.0.2.1, 10.1.2.3, 127.0.0.1        | 192.0.2.1",
        "10.1.2.3                              | 10.1.2.3",
        "192.0.2.1:4711                        | 192.0.2.1",
        "2001:db8:1:2:3:4:5:6                  | 2001:db8:1:2:0:0:0:0/64",
        "[2001:db8:1:2:ffff::1]:443            | 2001:db8:1:2:0:0:0:0/64",
        "::ffff:192.0.2.1                      | 192.0.2.1",
        "6.6.6.6, unknown                      | 127.0.0.1",
        "6.6.6.6, not an address, 10.1.2.3     | 10.1.2.3",
        "localhost                             | 127.0.0.1",
        "','                                   | 127.0.0.1",
      })
  void ofAProxysListTheRightmostCountsThatIsNoProxy(String list, String source) throws IOException {
    ProxySettings proxies = trusted(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1", "10.0.0.0/8");
    try (TestServer server = TestServer.behind(proxies)) {
      assertThat(told(server, "X-Forwarded-For: " + list.replace("'", "") + "\r\n"))
          .isEqualTo(source);
    }
  }

  @Test
  void severalLinesAreOneList() throws IOException {
    try (TestServer server =
        TestServer.behind(trusted(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1"))) {
      assertThat(told(server, "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 192.0.2.1\r\n"))
          .isEqualTo("192.0.2.1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=192.0.2.1                                       | 192.0.2.1",
        "for=6.6.6.6, for=192.0.2.1;proto=https;by=10.1.2.3  | 192.0.2.1",
        "proto=https; FOR=\"192.0.2.1:80\"                   | 192.0.2.1",
        "for=\"[2001:db8:1:2::1]:80\"                        | 2001:db8:1:2:0:0:0:0/64",
        "for=6.6.6.6, for=_hidden                            | 127.0.0.1",
        "by=192.0.2.1                                        | 127.0.0.1",
      })
  void theStandardHeaderIsReadWhereItIsTheOneThatProxiesWrite(String list, String source)
      throws IOException {
    try (TestServer server = TestServer.behind(trusted(ForwardedHeader.FORWARDED, "127.0.0.1"))) {
      assertThat(told(server, "Forwarded: " + list + "\r\n")).isEqualTo(source);
    }
  }

  /** A proxy that writes one of the two passes on what the caller made up in the other. */
  @Test
  void theOtherHeaderIsTheCallersOwnAndIgnored() throws IOException {
    String both = "X-Forwarded-For: 192.0.2.1\r\nForwarded: for=6.6.6.6\r\n";
    try (TestServer server =
        TestServer.behind(trusted(ForwardedHeader.X_FORWARDED_FOR, "127.0.0.1"))) {
      assertThat(told(server, both)).isEqualTo("192.0.2.1");
    }
    try (TestServer server = TestServer.behind(trusted(ForwardedHeader.FORWARDED, "127.0.0.1"))) {
      assertThat(told(server, both)).isEqualTo("6.6.6.6");
    }
  }

  @Test
  void callersOfOneSixtyFourAreOneSource() {
    assertThat(Source.of(InetAddress.ofLiteral("2001:db8:1:2::1")))
        .isEqualTo(Source.of(InetAddress.ofLiteral("2001:db8:1:2:ffff::9")))
        .isNotEqualTo(Source.of(InetAddress.ofLiteral("2001:db8:1:3::1")));
  }

  private static ProxySettings trusted(ForwardedHeader header, String... ranges) {
    return new ProxySettings(Stream.of(ranges).map(AddressRange::parse).toList(), header);
  }

  private static String told(TestServer server, String headers) throws IOException {
    String answer = server.get("/source", headers);
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
