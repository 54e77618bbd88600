package io.cloudconnector.host.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2", "cck_", "cck_AAAA", "cck_***", "CCK_AAAA"})
  void refusesWhatIsNoKeyWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> EncryptionKey.parse(text))
        .isInstanceOf(VaultException.class)
        .hasMessageStartingWith("an encryption key")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void tellsATypingErrorAnywhereInTheKey() {
    String text = EncryptionKey.generate().text();
    for (int at = "cck_".length(); at < text.length(); at++) {
      char other = text.charAt(at) == 'A' ? 'B' : 'A';
      String mistyped = text.substring(0, at) + other + text.substring(at + 1);
      assertThatThrownBy(() -> EncryptionKey.parse(mistyped))
          .as("character %d", at)
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("typing error")
          .hasMessageNotContaining(mistyped);
    }
  }

  @Test
  void readsWhatItWrote() {
    EncryptionKey key = EncryptionKey.generate();
    EncryptionKey again = EncryptionKey.parse(" " + key.text() + "\n");
    assertThat(again).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(again.id()).isEqualTo(key.id()).matches("[0-9a-f]{8}");
    assertThat(key.text()).doesNotContain("\n").doesNotContain("=");
  }

  @Test
  void isEachTimeANewOne() {
    assertThat(EncryptionKey.generate()).isNotEqualTo(EncryptionKey.generate());
  }

  @Test
  void printsItsIdAlone() {
    EncryptionKey key = EncryptionKey.generate();
    assertThat(key).hasToString("EncryptionKey[" + key.id() + "]");
  }
}
