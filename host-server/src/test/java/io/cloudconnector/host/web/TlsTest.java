package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Secret;
import io.cloudconnector.host.CapturedLog;
import io.cloudconnector.host.Keystores;
import io.cloudconnector.host.config.ProxySettings;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.config.TlsKeystore;
import io.cloudconnector.host.config.TlsSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host ends TLS itself where it has a keystore. */
@Isolated("it reads the log, which all share")
@Timeout(60)
final class TlsTest {
  private static final Secret PASSWORD = Secret.of("password-of-the-keystore");
  private static final HttpBounds IMPATIENT =
      new HttpBounds(Duration.ofMillis(400), Duration.ofSeconds(1), Duration.ofMinutes(1), 100);

  @TempDir static Path keystores;
  private static Path first;
  private static Path second;
  private static Path expired;

  @TempDir Path folder;

  @BeforeAll
  static void makeKeystores() throws Exception {
    first = Keystores.make(keystores.resolve("first.p12"), PASSWORD, 30);
    second = Keystores.make(keystores.resolve("second.p12"), PASSWORD, 30);
    expired = Keystores.make(keystores.resolve("expired.p12"), PASSWORD, -9);
  }

  @Test
  void answersOverTlsAndTellsBrowsersToStayThere() throws Exception {
    try (TestServer server = server(copyOf(first));
        SSLSocket socket = socket(server, first, "TLSv1.3")) {
      assertThat(answer(socket))
          .startsWith("HTTP/1.1 200 ")
          .contains("Strict-Transport-Security: max-age=31536000");
    }
  }

  @Test
  void whatTheServerItselfRefusesSaysSoToo() throws Exception {
    try (TestServer server = server(copyOf(first));
        SSLSocket socket = socket(server, first, "TLSv1.2")) {
      socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(rest(socket)).startsWith("HTTP/1.1 400 ").contains("Strict-Transport-Security");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1"})
  void oldProtocolsAreRefused(String protocol) throws Exception {
    try (TestServer server = server(copyOf(first))) {
      assertThatThrownBy(() -> socket(server, first, protocol).close())
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void plainHttpGetsNoAnswer() throws IOException {
    try (TestServer server = server(copyOf(first))) {
      assertThat(server.get("/source", "")).doesNotContain("HTTP/1.1");
    }
  }

  @Test
  void aHandshakeThatNeverComesEndsTheConnection() throws IOException {
    try (TestServer server =
            new TestServer(IMPATIENT, ProxySettings.NONE, Optional.of(tls(copyOf(first))));
        Socket socket = server.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aRenewedCertificateIsTakenWithoutARestart() throws Exception {
    Path served = copyOf(first);
    try (CapturedLog log = new CapturedLog();
        TestServer server = server(served)) {
      Files.copy(second, served, StandardCopyOption.REPLACE_EXISTING);
      server.server.renewCertificate();
      server.server.renewCertificate();

      try (SSLSocket socket = socket(server, second, "TLSv1.3")) {
        assertThat(serial(socket)).isEqualTo(serial(second));
      }
      assertThat(log.lines()).filteredOn(line -> line.contains("Took the renewed")).hasSize(1);
    }
  }

  @Test
  void aRenewedCertificateThatCannotBeUsedChangesNothing() throws Exception {
    Path served = copyOf(first);
    try (CapturedLog log = new CapturedLog();
        TestServer server = server(served)) {
      for (byte[] bad :
          new byte[][] {"half".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(expired)}) {
        Files.write(served, bad);
        server.server.renewCertificate();
        server.server.renewCertificate();
      }
      Files.delete(served);
      server.server.renewCertificate();

      try (SSLSocket socket = socket(server, first, "TLSv1.3")) {
        assertThat(answer(socket)).startsWith("HTTP/1.1 200 ");
      }
      assertThat(log.lines())
          .filteredOn(line -> line.contains("the certificate from before is still served"))
          .hasSize(3);
    }
  }

  @Test
  void aKeystoreThatCannotBeUsedIsToldAtTheStart() throws Exception {
    assertRefused(folder.resolve("none.p12"), PASSWORD, "not there or cannot be read");
    assertRefused(first, Secret.of("wrong-password"), "server.tls.password does not open it");
    assertRefused(expired, PASSWORD, "its certificate expired at ");
    assertRefused(Files.writeString(folder.resolve("x"), "x"), PASSWORD, "no PKCS12 keystore");
    assertRefused(empty(), PASSWORD, "no private key");
  }

  private void assertRefused(Path keystore, Secret password, String why) {
    assertThatThrownBy(
            () ->
                new TestServer(
                    HttpBounds.USUAL,
                    ProxySettings.NONE,
                    Optional.of(new TlsSettings(keystore, password))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(keystore.toString())
        .hasMessageContaining(why)
        .hasMessageNotContaining(password.reveal());
  }

  private Path empty() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    Path file = folder.resolve("empty.p12");
    try (var out = Files.newOutputStream(file)) {
      keys.store(out, PASSWORD.reveal().toCharArray());
    }
    return file;
  }

  private static TestServer server(Path keystore) {
    return new TestServer(HttpBounds.USUAL, ProxySettings.NONE, Optional.of(tls(keystore)));
  }

  private static TlsSettings tls(Path keystore) {
    return new TlsSettings(keystore, PASSWORD);
  }

  private Path copyOf(Path keystore) throws IOException {
    return Files.copy(keystore, folder.resolve("served.p12"));
  }

  private static SSLSocket socket(TestServer server, Path trusted, String protocol)
      throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(onlyCertificate(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.server.port());
    socket.setSoTimeout(30_000);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.startHandshake();
    return socket;
  }

  private static KeyStore onlyCertificate(Path keystore) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("host", certificate(keystore));
    return trusted;
  }

  private static X509Certificate certificate(Path keystore) {
    return TlsKeystore.open(tls(keystore), Instant.now()).certificate();
  }

  private static BigInteger serial(Path keystore) {
    return certificate(keystore).getSerialNumber();
  }

  private static BigInteger serial(SSLSocket socket) throws SSLException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  private static String answer(SSLSocket socket) throws IOException {
    String request = "GET /source HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return rest(socket);
  }

  private static String rest(SSLSocket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
