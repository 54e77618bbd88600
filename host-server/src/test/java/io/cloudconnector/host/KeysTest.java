package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.vault.EncryptionKey;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A new encryption key takes the place of an old one while the host serves. */
final class KeysTest extends HostTest {
  private static final EncryptionKey OLD = EncryptionKey.parse(RunningHost.ENCRYPTION_KEY);
  private final EncryptionKey next = EncryptionKey.generate();

  private void restartWith(String... keys) {
    host.encryptionKeys = List.of(keys);
    restart("");
  }

  private JsonNode key(String id) {
    return api.get("/v1/keys")
        .json()
        .get("keys")
        .valueStream()
        .filter(key -> key.get("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOldKeyMayGoOnceNothingIsSealedUnderIt() {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    assertThat(key(OLD.id()).get("values").asInt()).isOne();

    restartWith(next.text(), OLD.text());
    assertThat(key(next.id()).get("first").asBoolean()).isTrue();
    assertThat(api.get("/v1/keys").json().get("rotation").isNull()).isTrue();
    assertThat(api.withKey(RunningHost.READ_ONLY_KEY).post("/v1/keys/rotate").problem())
        .isEqualTo("read-only-key");
    assertThat(api.post("/v1/keys/rotate").status()).isEqualTo(202);
    Awaitility.await()
        .until(() -> api.get("/v1/keys").json().at("/rotation/state").asString().equals("done"));
    assertThat(key(OLD.id()).get("values").asInt()).isZero();
    assertThat(key(next.id()).get("values").asInt()).isOne();

    restartWith(next.text());
    assertThat(api.get(Api.connection("anna") + "/data/run/7").status()).isEqualTo(200);
  }

  @Test
  void aHostWithoutAKeyThatIsNeededDoesNotStartAndNamesIt() {
    host.link("anna");

    host.encryptionKeys = List.of(next.text());
    assertThatThrownBy(() -> host.restart(""))
        .isInstanceOfSatisfying(
            StartupException.class, e -> assertThat(e.exitStatus()).isEqualTo(2))
        .hasMessageContaining(OLD.id())
        .hasMessageContaining("security.encryptionKeys")
        .hasMessageNotContaining(OLD.text());

    restartWith(next.text(), OLD.text());
    assertThat(api.get(Api.connection("anna")).status()).isEqualTo(200);
  }
}
