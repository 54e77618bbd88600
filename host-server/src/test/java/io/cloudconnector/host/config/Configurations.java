package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.Setting;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookTrust;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** What the tests of this room read, and how. */
final class Configurations {
  static final VendorType ACME = new VendorType("acme");
  static final Path HOME = Path.of("/opt/connector-host");
  static final String MINIMAL =
      """
      server: { publicUrl: "https://connect.example.com" }
      security: { apiKeys: [ "an-api-key-0123456789" ], encryptionKeys: [ "a-key" ] }
      """;

  private Configurations() {}

  /** A vendor with a bit of everything. */
  static Descriptor.Builder acme() {
    return Descriptor.builder(ACME, "Acme")
        .endpoint("base", "https://api.acme.example/v1")
        .endpoint("auth", "https://acme.example/authorize")
        .endpoint("token", "/oauth/token")
        .endpoint("upload", "https://upload.acme.example")
        .resource(ResourceType.of("sleep").scopes("read:sleep"))
        .limit(RateLimitConfig.of(50, Duration.ofMinutes(1)))
        .webhooks(WebhookTrust.SIGNED)
        .webhookTolerance(Duration.ofHours(2))
        .webhookSecretIsClientSecret()
        .setting(Setting.text("region", "Where the data is kept.").choices("us", "eu"))
        .setting(Setting.of("retries", Setting.Kind.INTEGER, "How often.").defaultValue("3"))
        .setting(Setting.of("eager", Setting.Kind.FLAG, "Whether at once."))
        .setting(Setting.of("pause", Setting.Kind.DURATION, "How long."))
        .setting(Setting.of("mirror", Setting.Kind.URI, "Where else."))
        .setting(Setting.secret("partnerKey", "The key that Acme gave you."));
  }

  static LoadedSettings parse(String yaml, Descriptor... connectors) {
    return parse(yaml, Map.of(), connectors);
  }

  static LoadedSettings parse(
      String yaml, Map<String, String> environment, Descriptor... connectors) {
    Map<VendorType, Descriptor> byVendor =
        Arrays.stream(connectors).collect(Collectors.toMap(Descriptor::vendor, d -> d));
    return SettingsLoader.parse(yaml, environment, HOME, plugins -> byVendor);
  }

  static List<Problem> problems(String yaml, Descriptor... connectors) {
    return Assertions.catchThrowableOfType(ConfigException.class, () -> parse(yaml, connectors))
        .problems();
  }

  /** The one problem of a text that has no other. */
  static Problem problem(String yaml, Descriptor... connectors) {
    List<Problem> problems = problems(yaml, connectors);
    Assertions.assertThat(problems).hasSize(1);
    return problems.getFirst();
  }
}
