package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.UndeclaredHostException;
import io.cloudconnector.api.VendorType;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredHostsTest {
  private static final Descriptor ACME =
      Descriptor.builder(new VendorType("acme"), "Acme")
          .endpoint("base", "https://api.acme.example/v1")
          .endpoint("token", "/oauth/token")
          .endpoint("auth", "https://login.acme.example:8443/authorize")
          .allowedHost("Files.acme.example")
          .build();
  private static final DeclaredHosts HOSTS =
      DeclaredHosts.of(
          ACME,
          new EndpointsOnly(
              Map.of(
                  "base", URI.create("https://api.acme.example/v1"),
                  "token", URI.create("https://api.acme.example/v1/oauth/token"),
                  "auth", URI.create("https://login.acme.example:8443/authorize"))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "https://api.acme.example.evil.example/",
        "https://acme.example/",
        "https://api.acme.example:8443/",
        "https://login.acme.example/",
        "https://files.acme.example:444/",
        "https://api.acme.example@evil.example/",
        "http://api.acme.example/",
        "http://api.acme.example:443/",
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "mailto:someone@api.acme.example"
      })
  void refusesEveryOtherOrigin(String address) {
    assertThatExceptionOfType(UndeclaredHostException.class)
        .isThrownBy(() -> HOSTS.check(URI.create(address)));
  }

  @Test
  void namesTheHostAndNothingElseOfARefusedAddress() {
    assertThatExceptionOfType(UndeclaredHostException.class)
        .isThrownBy(() -> HOSTS.check(URI.create("https://evil.example/sesame?token=sesame")))
        .withMessageContaining("'evil.example'")
        .withMessageNotContaining("sesame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.acme.example/v1/sleep",
        "https://API.acme.example:443/elsewhere",
        "https://login.acme.example:8443/",
        "https://files.acme.example/x.fit"
      })
  void allowsDeclaredOrigins(String address) {
    assertThatCode(() -> HOSTS.check(URI.create(address))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://api.acme.example/v1",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "/v1"
      })
  void refusesAnEndpointThatIsNeitherSecureNorLocal(String base) {
    EndpointsOnly config = new EndpointsOnly(Map.of("base", URI.create(base)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeclaredHosts.of(ACME, config))
        .withMessageContaining("'base'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8090", "http://localhost:8090", "http://[::1]:8090"})
  void allowsPlainHttpToALocalHostOnItsPortOnly(String base) {
    DeclaredHosts hosts =
        DeclaredHosts.of(ACME, new EndpointsOnly(Map.of("base", URI.create(base))));
    assertThatCode(() -> hosts.check(URI.create(base + "/v1"))).doesNotThrowAnyException();
    assertThatExceptionOfType(UndeclaredHostException.class)
        .isThrownBy(() -> hosts.check(URI.create(base.replace("8090", "8091"))));
    assertThatExceptionOfType(UndeclaredHostException.class)
        .isThrownBy(() -> hosts.check(URI.create(base.replace("http:", "https:"))));
    assertThatExceptionOfType(UndeclaredHostException.class)
        .as("the default was replaced by the operator")
        .isThrownBy(() -> hosts.check(URI.create("https://api.acme.example/v1")));
  }
}
