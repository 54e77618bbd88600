package io.cloudconnector.host.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static final String PLACE = "acme/ann/1";
  private final EncryptionKey key = EncryptionKey.generate();
  private final Vault vault = new Vault(List.of(key));

  @Test
  void refusesToBeWithoutAKey() {
    assertThatThrownBy(() -> new Vault(List.of()))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("keys generate");
  }

  @Test
  void namesTheMissingKey() {
    byte[] sealed = vault.seal(new byte[5], PLACE);
    Vault other = new Vault(List.of(EncryptionKey.generate()));
    assertThatThrownBy(() -> other.open(sealed, PLACE))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining(key.id())
        .hasMessageContaining("security.encryptionKeys");
  }

  @Test
  void refusesAValueWithAnyBitFlipped() {
    byte[] sealed = vault.seal("token".getBytes(StandardCharsets.UTF_8), PLACE);
    for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
      byte[] bent = sealed.clone();
      bent[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThatThrownBy(() -> vault.open(bent, PLACE))
          .as("bit %d", bit)
          .isInstanceOf(VaultException.class);
    }
  }

  @Test
  void refusesAValueCutShort() {
    byte[] sealed = vault.seal("token".getBytes(StandardCharsets.UTF_8), PLACE);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> vault.open(cut, PLACE)).isInstanceOf(VaultException.class);
    }
  }

  @Test
  void refusesAValueMovedToAnotherPlace() {
    byte[] sealed = vault.seal(new byte[5], PLACE);
    assertThatThrownBy(() -> vault.open(sealed, "acme/bob/1"))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("tampered with or moved");
  }

  @Test
  void opensWhatItSealedWhateverTheSize() {
    Random random = new Random(7);
    for (int size = 0; size < 300; size++) {
      assertOpensAgain(randomBytes(random, size));
    }
    assertOpensAgain(randomBytes(random, 1 << 20));
  }

  @Test
  void sealsWithTheFirstKeyAndOpensWithAll() {
    byte[] old = vault.seal(new byte[] {1, 2}, PLACE);
    EncryptionKey next = EncryptionKey.generate();
    Vault both = new Vault(List.of(next, key));
    assertThat(both.open(old, PLACE)).containsExactly(1, 2);
    assertThat(Vault.keyIdOf(old)).isEqualTo(key.id());
    assertThat(Vault.keyIdOf(both.seal(new byte[1], PLACE))).isEqualTo(next.id());
    assertThat(both.keyIds()).containsExactlyInAnyOrder(key.id(), next.id());
  }

  @Test
  void neverUsesANonceTwice() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      byte[] sealed = vault.seal(new byte[1], PLACE);
      assertThat(nonces.add(HexFormat.of().formatHex(sealed, 5, 17))).isTrue();
    }
  }

  @Test
  void hidesThePlainBytes() {
    byte[] plain = "a-very-secret-token".getBytes(StandardCharsets.UTF_8);
    String sealed = new String(vault.seal(plain, PLACE), StandardCharsets.ISO_8859_1);
    assertThat(sealed).doesNotContain("a-very-secret-token", "secret");
  }

  private void assertOpensAgain(byte[] plain) {
    assertThat(vault.open(vault.seal(plain, PLACE), PLACE)).isEqualTo(plain);
  }

  private static byte[] randomBytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
