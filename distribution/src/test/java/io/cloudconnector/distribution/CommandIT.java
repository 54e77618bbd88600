package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.vault.EncryptionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Commands that end by themselves. */
class CommandIT extends SystemTest {
  @Test
  void unknownCommandIsMisuse() {
    HostProcess command = distribution.start("serv");

    assertThat(command.status()).isEqualTo(2);
    assertThat(command.err()).contains("Did you mean: serve");
    assertThat(command.out()).isEmpty();
  }

  @Test
  void badJarIsRefusedByVerify() throws IOException {
    Path plugins = Files.createDirectory(folder.resolve("some plugins"));
    Files.writeString(plugins.resolve("broken.jar"), "no jar at all");
    Files.copy(
        distribution.home().resolve("plugins/connector-whoop.jar"),
        plugins.resolve("connector-whoop.jar"));

    HostProcess verify = distribution.start("plugins", "verify", plugins.toString());

    assertThat(verify.status()).isEqualTo(1);
    assertThat(verify.out()).contains("broken.jar", "connector-whoop.jar", "whoop");
    assertThat(verify.err()).doesNotContain("\tat ");
  }

  @Test
  void builtPluginIsGood() {
    String plugins = distribution.home().resolve("plugins").toString();

    HostProcess verify = distribution.start("plugins", "verify", plugins);

    assertThat(verify.status()).as(verify.out()).isZero();
    assertThat(verify.out()).contains("connector-whoop.jar", "whoop");
  }

  @Test
  void pluginsAreListedForAConfiguration() throws IOException {
    Path config = folder.resolve("host.yaml");
    Files.writeString(
        config,
        """
        server: { publicUrl: "https://connect.example.com" }
        security: { apiKeys: [ "%s" ], encryptionKeys: [ "%s" ] }
        """
            .formatted(API_KEY, newEncryptionKey()));

    HostProcess list = distribution.start("plugins", "list", "--config", config.toString());

    assertThat(list.status()).as(list.err()).isZero();
    assertThat(list.out()).contains("connector-whoop.jar", "is not configured");
  }

  @Test
  void versionIsThatOfTheBuild() {
    HostProcess version = distribution.start("--version");

    assertThat(version.status()).isZero();
    assertThat(version.out()).contains(Distribution.property("distribution.version"));
    assertThat(version.err()).isEmpty();
  }

  @Test
  void generatedKeyIsOneLineAndNeverTheSame() {
    String first = generatedKey();

    assertThat(EncryptionKey.parse(first).text()).isEqualTo(first);
    assertThat(generatedKey()).isNotEqualTo(first);
  }

  private String generatedKey() {
    HostProcess keys = distribution.start("keys", "generate");
    assertThat(keys.status()).as(keys.err()).isZero();
    assertThat(keys.out()).hasLineCount(1).endsWith("\n");
    return keys.out().stripTrailing();
  }
}
