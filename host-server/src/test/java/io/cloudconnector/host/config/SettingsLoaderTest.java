package io.cloudconnector.host.config;

import static io.cloudconnector.host.config.Configurations.ACME;
import static io.cloudconnector.host.config.Configurations.HOME;
import static io.cloudconnector.host.config.Configurations.MINIMAL;
import static io.cloudconnector.host.config.Configurations.acme;
import static io.cloudconnector.host.config.Configurations.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
  private static final Path FULL = Path.of("src/test/resources/full.yaml");
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "DB_PASSWORD", "db-secret-1",
          "API_KEY", "api-secret-0123456789",
          "ENCRYPTION_KEY", "encryption-secret-1",
          "ACME_SECRET", "acme-secret-1");

  @TempDir Path folder;

  private static LoadedSettings full() {
    return SettingsLoader.load(
        FULL, ENVIRONMENT, HOME, plugins -> Map.of(ACME, acme().build()), key -> Optional.empty());
  }

  @Test
  void aMissingFileIsNamedAndShownHowToMake() {
    StartupException e =
        catchThrowableOfType(
            StartupException.class,
            () -> SettingsLoader.load(folder.resolve("no.yaml"), Map.of(), HOME, p -> Map.of()));

    assertThat(e.exitStatus()).isEqualTo(2);
    assertThat(e)
        .hasMessageContaining(folder.resolve("no.yaml").toString())
        .hasMessageContaining("--config FILE")
        .hasMessageContaining("encryptionKeys: [\"${CONNECTOR_ENCRYPTION_KEY}\"]");
  }

  @Test
  void theFileItShowsHowToMakeIsEnough() {
    StartupException e =
        catchThrowableOfType(
            StartupException.class,
            () -> SettingsLoader.load(folder.resolve("no.yaml"), Map.of(), HOME, p -> Map.of()));
    String shown = e.getMessage().substring(e.getMessage().indexOf("server:"));

    LoadedSettings loaded =
        parse(shown, Map.of("CONNECTOR_API_KEY", "k".repeat(32), "CONNECTOR_ENCRYPTION_KEY", "e"));

    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void aFileThatIsNotUtf8IsRefused() throws IOException {
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe4});

    assertThatThrownBy(() -> SettingsLoader.load(file, Map.of(), HOME, plugins -> Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("latin.yaml is no UTF-8 text");
  }

  @Test
  void aFolderInsteadOfAFileIsRefused() {
    assertThatThrownBy(() -> SettingsLoader.load(folder, Map.of(), HOME, plugins -> Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("is a folder; name the file in it");
  }

  @Test
  void whatIsNotWrittenHasDefaults() {
    Settings settings = parse(MINIMAL).settings();

    assertThat(settings.server())
        .isEqualTo(
            new ServerSettings(
                "127.0.0.1", 8080, URI.create("https://connect.example.com"), OptionalInt.empty()));
    assertThat(settings.database().url())
        .isEqualTo("jdbc:sqlite:/opt/connector-host/data/connector.db");
    assertThat(settings.plugins())
        .isEqualTo(new PluginSettings(Path.of("/opt/connector-host/plugins"), Set.of()));
    assertThat(settings.security().allowedReturnUrls()).isEmpty();
    assertThat(settings.connectors()).isEmpty();
    assertThat(settings.delivery().webhook()).isEmpty();
    assertThat(settings.delivery().retention())
        .isEqualTo(new DeliverySettings.Retention(Duration.ofDays(30), Optional.empty()));
    assertThat(settings.inbox())
        .isEqualTo(new InboxSettings(Duration.ofDays(14), Duration.ofDays(3), 1_000));
  }

  @Test
  void sectionsWithoutContentAreLikeAbsentOnes() {
    assertThat(parse(MINIMAL + "connectors:\ndelivery:\nplugins: {}\n").settings())
        .isEqualTo(parse(MINIMAL).settings());
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(parse("\uFEFF" + MINIMAL).settings()).isEqualTo(parse(MINIMAL).settings());
  }

  @Test
  void aCharacterOfTwoUnitsMayStandAnywhere() {
    Settings plain = parse(MINIMAL).settings();
    for (int length = 1; length < 2100; length++) {
      String comment = "#" + "x".repeat(length) + "\uD83D\uDE00\n";
      assertThat(parse(comment + MINIMAL).settings()).isEqualTo(plain);
    }
  }

  @Test
  void readsServerDatabaseAndPlugins() {
    Settings settings = full().settings();

    assertThat(settings.server())
        .isEqualTo(
            new ServerSettings(
                "0.0.0.0",
                9090,
                URI.create("https://connect.example.com/hub"),
                OptionalInt.of(9091)));
    assertThat(settings.database())
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db.internal:5432/connector?sslmode=require",
                Optional.of("connector"),
                Optional.of(Secret.of("db-secret-1"))));
    assertThat(settings.plugins())
        .isEqualTo(new PluginSettings(Path.of("/opt/connector-host/more/plugins"), Set.of(ACME)));
  }

  @Test
  void readsSecurityAndDelivery() {
    Settings settings = full().settings();

    assertThat(settings.security().apiKeys())
        .containsExactly(
            new ApiKey("key-1", Secret.of("api-secret-0123456789"), false),
            new ApiKey("dashboard", Secret.of("dashboard-key-0123456789"), true));
    assertThat(settings.security().encryptionKeys())
        .as("the retiring one last, wherever it stands")
        .containsExactly(Secret.of("encryption-secret-1"), Secret.of("old-encryption-key"));
    assertThat(settings.security().allowedReturnUrls())
        .containsExactly(
            new ReturnUrlPattern("https", "app.example.com", 443, "/", true),
            new ReturnUrlPattern("http", "localhost", 3000, "/done", false));
    assertThat(settings.delivery().webhook())
        .contains(
            new DeliverySettings.Webhook(
                URI.create("https://app.example.com/events?tenant=1"),
                List.of(
                    Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                    Secret.of("whsec_b2xkLXNlY3JldC1vbGQtc2VjcmV0")),
                Duration.ofSeconds(5),
                Duration.ofDays(1),
                4));
    assertThat(settings.delivery().retention())
        .isEqualTo(
            new DeliverySettings.Retention(Duration.ofDays(90), Optional.of(10_000_000_000L)));
  }

  @Test
  void readsAVendor() {
    ConnectorSettings acme = full().settings().connectors().get(ACME);

    assertThat(acme)
        .isEqualTo(
            new ConnectorSettings(
                Optional.of("acme-client"),
                Optional.of(Secret.of("acme-secret-1")),
                List.of(Secret.of("new-webhook-secret"), Secret.of("old-webhook-secret")),
                Map.of(
                    "base", URI.create("https://sandbox.acme.example/v2"),
                    "auth", URI.create("https://login.acme.example/authorize"),
                    "token", URI.create("https://login.acme.example/token"),
                    "revoke", URI.create("https://login.acme.example/revoke"),
                    "upload", URI.create("http://127.0.0.1:9999/upload")),
                Optional.of(Set.of("read:sleep", "offline")),
                Optional.of(
                    List.of(
                        RateLimitConfig.of(100, Duration.ofSeconds(60)),
                        RateLimitConfig.of(10, Duration.ofDays(1))
                            .aligned()
                            .perConnection()
                            .onlyTagged("upload"))),
                Optional.of(ConnectorSettings.Tolerance.off()),
                Optional.of(Set.of("sleep")),
                Optional.of(Duration.ZERO),
                Optional.of(Duration.ofMinutes(15)),
                Optional.of(true),
                Map.of("region", Secret.of("us"), "partnerKey", Secret.of("${not-a-variable}"))));
  }

  @Test
  void nothingPrintedShowsASecret() {
    assertThat(full().toString())
        .contains("acme-client")
        .doesNotContain("secret-1", "dashboard-key-0", "-webhook-secret", "whsec_", "sslmode")
        .doesNotContain("old-encryption-key", "api-secret", "not-a-variable");
  }

  @Test
  void pluginsAreAskedForOnceWithTheirSettings() {
    List<PluginSettings> asked = new java.util.ArrayList<>();

    SettingsLoader.parse(
        MINIMAL + "plugins: { directory: /srv/plugins }",
        Map.of(),
        HOME,
        plugins -> {
          asked.add(plugins);
          return Map.of();
        });

    assertThat(asked).containsExactly(new PluginSettings(Path.of("/srv/plugins"), Set.of()));
  }

  @Test
  void aVendorWithoutPluginIsAWarning() {
    LoadedSettings loaded =
        parse(
            MINIMAL + "connectors: { acne: { clientId: x, extraUrl: 'https://e.example' } }",
            acme().build());

    assertThat(loaded.settings().connectors()).hasSize(1);
    assertThat(loaded.warnings())
        .containsExactly(
            "connectors.acne is configured, but no plugin for it was loaded; did you mean 'acme'?");
  }

  @Test
  void aPublicUrlOfThisMachineIsAWarning() {
    assertThat(parse(MINIMAL.replace("https://connect.example.com", "http://127.0.0.1:8080")))
        .extracting(LoadedSettings::warnings)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .singleElement()
        .asString()
        .contains("server.publicUrl", "webhooks cannot arrive", "reconcile");
  }

  @Test
  void aShortApiKeyIsAWarningThatDoesNotShowIt() {
    assertThat(parse(MINIMAL.replace("an-api-key-0123456789", "hunter2")).warnings())
        .containsExactly("security.apiKeys: the key 'key-1' is short enough to be guessed");
  }

  @Test
  void relativeSqliteFilesStartAtHome() {
    assertThat(databaseUrl("jdbc:sqlite:x.db")).isEqualTo("jdbc:sqlite:/opt/connector-host/x.db");
    assertThat(databaseUrl("jdbc:sqlite:/srv/x.db")).isEqualTo("jdbc:sqlite:/srv/x.db");
  }

  private static String databaseUrl(String url) {
    return parse(MINIMAL + "database: { url: '" + url + "' }").settings().database().url();
  }
}
