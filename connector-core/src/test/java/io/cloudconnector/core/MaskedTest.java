package io.cloudconnector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cloudconnector.api.ConnectorException;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {
  @Test
  void aFaultThatFailsToTellWhatItIsIsToldByItsKind() {
    ConnectorException fault =
        new ConnectorException("x") {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("no words for it");
          }
        };

    assertThat(Masked.told(fault)).isEqualTo(fault.getClass().getName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acme answered 503 to a token request",
        "java.lang.IllegalStateException",
        "java.lang.NoClassDefFoundError: io/acme/AcmeConnectorFactory",
        "run 5a1e5a7b-7c0d-4a8e-9c39-0f6f5b1c2d3e is unknown",
        "it has no field named very_long_name_without_digits_at_all",
        "cycle 93845712093845712093845 is too old",
        "SOME_CONSTANT_WITH_A_LONG_NAME of anotherNameWithoutAnyDigits is not set",
        "GET /v2/activity/sleep/5a1e5a7b-7c0d-4a8e-9c39-0f6f5b1c2d3e failed",
        ""
      })
  void tellsWhatIsNoSecret(String words) {
    assertThat(Masked.words(words)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the token %s is dead",
        "{\"access_token\":\"%s\"}",
        "Bearer %s",
        "https://api.example/x?token=%s&b=c",
        "%s",
        "%s.%s.%s"
      })
  void hidesWhatMayBeAToken(String words) {
    for (String token :
        new String[] {
          "eyJhbGciOiJSUzI1NiJ9abc123",
          "4f8d2b6c9a1e4f8d2b6c9a1e4f8d2b6c",
          "x-9_~9aAbBcCdDeEfFgGhH",
          "qXbTzuKRmPwLfVhNdYcGsJ",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
          "5a1e5a7b-7c0d-4a8e-9c39-0f6f5b1c2d3e9"
        }) {
      assertThat(Masked.words(words.formatted(token, token, token)))
          .contains("***")
          .doesNotContain(token);
    }
  }

  /** A few of them have no digit, and then look a little like a word. */
  @Test
  void hidesEachOfManyRandomTokens() {
    Random random = new Random(1);
    for (int bytes : new int[] {16, 32}) {
      for (int n = 0; n < 50_000; n++) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        assertThat(Masked.words("Bearer " + token + " is dead")).isEqualTo("Bearer *** is dead");
      }
    }
  }

  @Test
  void hidesPeoplesAddressesAndCutsWhatIsTooLong() {
    assertThat(Masked.words("no user <anna.b+x@mail.example>")).isEqualTo("no user <***>");
    assertThat(Masked.words("word ".repeat(10_000))).hasSizeLessThan(600);
    assertThat(Masked.words(null)).isEqualTo("null");
  }

  /** A forged body may be quoted whole; looked at from each letter on it would take hours. */
  @Test
  void readsOneWordWithoutEndInOnePass() {
    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Masked.words("a".repeat(1024 * 1024)));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> Masked.words("a1-".repeat(300_000) + "@"));
  }
}
