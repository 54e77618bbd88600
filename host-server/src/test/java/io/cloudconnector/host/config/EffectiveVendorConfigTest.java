package io.cloudconnector.host.config;

import static io.cloudconnector.host.config.Configurations.ACME;
import static io.cloudconnector.host.config.Configurations.MINIMAL;
import static io.cloudconnector.host.config.Configurations.acme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EffectiveVendorConfigTest {
  private static EffectiveVendorConfig config(Descriptor descriptor, String section) {
    Map<?, ConnectorSettings> connectors =
        Configurations.parse(MINIMAL + "connectors:\n  acme: { " + section + " }", descriptor)
            .settings()
            .connectors();
    return EffectiveVendorConfig.of(descriptor, Objects.requireNonNull(connectors.get(ACME)));
  }

  private static EffectiveVendorConfig config(String more) {
    return config(acme().build(), "clientId: c, clientSecret: s" + more);
  }

  @Test
  void aVendorWithoutClientHasNoneToGive() {
    EffectiveVendorConfig config = config(acme().withoutClient().build(), "");

    assertThatThrownBy(config::clientId).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(config::clientSecret).isInstanceOf(IllegalStateException.class);
    assertThat(config.webhookSecrets()).isEmpty();
  }

  @Test
  void whatIsNotWrittenIsTheDescriptors() {
    EffectiveVendorConfig config = config("");

    assertThat(config.vendor()).isEqualTo(ACME);
    assertThat(config.clientId()).isEqualTo("c");
    assertThat(config.clientSecret()).isEqualTo(Secret.of("s"));
    assertThat(config.webhookSecrets()).containsExactly(Secret.of("s"));
    assertThat(config.endpoint("base")).contains(URI.create("https://api.acme.example/v1"));
    assertThat(config.endpoint("auth")).contains(URI.create("https://acme.example/authorize"));
    assertThat(config.endpoint("revoke")).isEmpty();
    assertThat(config.scopes()).containsExactly("read:sleep");
    assertThat(config.rateLimits()).containsExactly(RateLimitConfig.of(50, Duration.ofMinutes(1)));
    assertThat(config.webhookTolerance()).contains(Duration.ofHours(2));
    assertThat(config.setting("retries")).contains("3");
    assertThat(config.setting("region")).isEmpty();
    assertThat(config.secretSetting("partnerKey")).isEmpty();
  }

  @Test
  void whatIsWrittenWins() {
    EffectiveVendorConfig config =
        config(
            """
            , webhookSecret: w, authUrl: 'https://a.example/x', revokeUrl: 'https://a.example/r',
            scopes: [ z, a ], rateLimits: [ { maxRequests: 1, timeWindow: 1s } ],
            webhookTolerance: 5m, settings: { retries: 7, region: eu, partnerKey: hush }
            """);

    assertThat(config.webhookSecrets()).containsExactly(Secret.of("w"));
    assertThat(config.endpoint("auth")).contains(URI.create("https://a.example/x"));
    assertThat(config.endpoint("revoke")).contains(URI.create("https://a.example/r"));
    assertThat(config.endpointNames())
        .containsExactlyInAnyOrder("base", "auth", "token", "upload", "revoke");
    assertThat(config.scopes()).as("in the operator's order").containsExactly("z", "a");
    assertThat(config.rateLimits()).containsExactly(RateLimitConfig.of(1, Duration.ofSeconds(1)));
    assertThat(config.webhookTolerance()).contains(Duration.ofMinutes(5));
    assertThat(config.setting("retries")).contains("7");
    assertThat(config.setting("region")).contains("eu");
    assertThat(config.secretSetting("partnerKey")).contains(Secret.of("hush"));
  }

  @Test
  void aRelativeAddressContinuesTheEffectiveBase() {
    assertThat(config("").endpoint("token"))
        .contains(URI.create("https://api.acme.example/v1/oauth/token"));
    assertThat(config(", baseUrl: 'http://localhost:9000/'").endpoint("token"))
        .contains(URI.create("http://localhost:9000/oauth/token"));
  }

  @Test
  void toleranceOffIsNotTheDescriptors() {
    assertThat(config(", webhookTolerance: off").webhookTolerance()).isEmpty();
  }

  @Test
  void aSecretSettingIsGivenOnlyAsASecret() {
    EffectiveVendorConfig config = config(", settings: { partnerKey: hush, region: us }");

    assertThat(config.setting("partnerKey")).isEmpty();
    assertThat(config.secretSetting("region")).isEmpty();
    assertThat(config.toString()).doesNotContain("hush");
  }
}
