package io.cloudconnector.host.config;

import static io.cloudconnector.host.config.Configurations.parse;
import static io.cloudconnector.host.config.Configurations.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Secret;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS and proxies in the section of the server. */
final class ServerSectionTest {
  @Test
  void withoutBothTheServerIsPlainAndBelievesNoHeader() {
    ServerSettings server = server("");
    assertThat(server.tls()).isEmpty();
    assertThat(server.proxies()).isEqualTo(ProxySettings.NONE);
    assertThat(server.proxies().trusts(InetAddress.ofLiteral("127.0.0.1"))).isFalse();
  }

  @Test
  void readsTheKeystoreAndItsPassword() {
    assertThat(server("tls: { keystore: conf/tls.p12, password: sesame }").tls())
        .isEqualTo(
            Optional.of(
                new TlsSettings(Path.of("/opt/connector-host/conf/tls.p12"), Secret.of("sesame"))));
  }

  @Test
  void tellsWhatIsMissingOrUnknownOfTls() {
    assertThat(faults("tls: { keystorre: x }"))
        .containsExactlyInAnyOrder(
            "server.tls.keystore", "server.tls.password", "server.tls.keystorre");
    assertThat(faults("tls:"))
        .containsExactlyInAnyOrder("server.tls.keystore", "server.tls.password");
  }

  @Test
  void readsAddressesAndRangesOfProxies() {
    ProxySettings proxies =
        server(
                "trustedProxies: [ 127.0.0.1, 10.0.0.0/8, \"fd00::/8\" ], forwardedHeader: forwarded")
            .proxies();

    assertThat(proxies.header()).isEqualTo(ForwardedHeader.FORWARDED);
    for (String inside : List.of("127.0.0.1", "10.255.0.1", "fd12::1", "::ffff:10.0.0.1")) {
      assertThat(proxies.trusts(InetAddress.ofLiteral(inside))).as(inside).isTrue();
    }
    for (String outside : List.of("127.0.0.2", "11.0.0.1", "fe00::1", "::1")) {
      assertThat(proxies.trusts(InetAddress.ofLiteral(outside))).as(outside).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost",
    "10.0.0.0/33",
    "10.0.0.0/x",
    "10.0.0.0/-1",
    "0.0.0.0/0",
    "'\"::/0\"'",
    "10.0.0.0/",
    "300.0.0.1"
  })
  void refusesWhatIsNoAddressOrEveryAddress(String range) {
    assertThat(faults("trustedProxies: [ " + range + " ]"))
        .containsExactly("server.trustedProxies[0]");
  }

  @Test
  void refusesAnotherHeader() {
    assertThat(faults("forwardedHeader: X-Real-IP")).containsExactly("server.forwardedHeader");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/9,10.127.255.255,true",
    "10.1.0.0/9,10.128.0.0,false",
    "192.0.2.7/32,192.0.2.7,true",
    "192.0.2.7/32,192.0.2.6,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false",
  })
  void comparesBitByBit(String range, String address, boolean inside) {
    assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(inside);
  }

  private static ServerSettings server(String more) {
    return parse(yaml(more)).settings().server();
  }

  private static List<String> faults(String more) {
    return problems(yaml(more)).stream().map(Problem::key).toList();
  }

  private static String yaml(String more) {
    return """
        server: { publicUrl: "https://connect.example.com", %s }
        security: { apiKeys: [ "an-api-key-0123456789" ], encryptionKeys: [ "a-key" ] }
        """
        .formatted(more);
  }
}
