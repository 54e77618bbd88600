package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Setting;
import io.cloudconnector.api.VendorType;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeConfigTest {
  private static Descriptor.Builder descriptor() {
    return Descriptor.builder(new VendorType("acme"), "Acme")
        .endpoint("base", "https://api.acme.example/v1")
        .endpoint("token", "/token")
        .setting(Setting.text("region", "Where").defaultValue("eu"));
  }

  @Test
  void hasNoClientWhereTheVendorKnowsNone() {
    FakeConfig config = FakeConfig.of(descriptor().withoutClient().build());

    assertThatIllegalStateException().isThrownBy(config::clientId);
    assertThatIllegalStateException().isThrownBy(config::clientSecret);
  }

  @Test
  void isWhatTheDescriptorSaysUnlessChanged() {
    FakeConfig config = FakeConfig.of(descriptor().build());

    assertThat(config.endpoint("token")).contains(URI.create("https://api.acme.example/v1/token"));
    assertThat(config.setting("region")).contains("eu");
    assertThat(config.setting("region", "us").setting("region")).contains("us");
    assertThat(config.endpoint("nothing")).isEmpty();
    assertThat(config.webhookSecrets()).doesNotContain(config.clientSecret());
  }

  @Test
  void takesWhatASimulatedCloudSaysOfItself() {
    FakeConfig config =
        FakeConfig.of(descriptor().build())
            .with(
                Map.of(
                    "clientId", "app",
                    "clientSecret", "secret",
                    "baseUrl", "http://127.0.0.1:1/x",
                    "authUrl", "http://127.0.0.1:1/consent"));

    assertThat(config.clientId()).isEqualTo("app");
    assertThat(config.clientSecret()).isEqualTo(Secret.of("secret"));
    assertThat(config.endpoint("token")).contains(URI.create("http://127.0.0.1:1/x/token"));
    assertThat(config.endpoint("auth")).contains(URI.create("http://127.0.0.1:1/consent"));
  }

  @Test
  void refusesWhatIsNeitherAClientNorAnAddress() {
    FakeConfig config = FakeConfig.of(descriptor().build());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> config.with(Map.of("region", "us")))
        .withMessageContaining("'region'")
        .withMessageContaining("FakeConfig.setting");
  }

  @Test
  void continuesAChangedBase() {
    assertThat(
            FakeConfig.of(descriptor().build())
                .endpoint("base", URI.create("http://127.0.0.1:1/x"))
                .endpoint("token"))
        .contains(URI.create("http://127.0.0.1:1/x/token"));
  }

  @Test
  void signsWithTheClientsSecretWhereTheVendorDoes() {
    FakeConfig config = FakeConfig.of(descriptor().webhookSecretIsClientSecret().build());

    assertThat(config.webhookSecrets()).containsExactly(config.clientSecret());
    assertThat(config.client("id", Secret.of("other")).webhookSecrets())
        .containsExactly(Secret.of("other"));
  }
}
