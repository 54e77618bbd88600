package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSweepTest {
  private final SecretSweep sweep = new SecretSweep();

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xy", "xyz", "a rather long text before it"})
  void findsASecretInEachDisguise(String before) {
    String secret = "s3cr3t/with+signs=and ümlauts";
    sweep.plant("it", secret);
    byte[] whole = (before + secret + "and something after it").getBytes(UTF_8);

    for (String text :
        List.of(
            before + secret,
            "?a=" + URLEncoder.encode(before + secret, UTF_8),
            HexFormat.of().formatHex(whole),
            HexFormat.of().withUpperCase().formatHex(whole),
            Base64.getEncoder().encodeToString(whole),
            Base64.getUrlEncoder().withoutPadding().encodeToString(whole))) {
      SecretSweep fresh = new SecretSweep();
      fresh.plant("it", secret);
      fresh.sweep("here", text);
      assertThat(fresh.leaks()).as(text).containsOnlyKeys("here");
    }
    sweep.sweep("bytes", whole);
    assertThat(sweep.leaks()).containsOnlyKeys("bytes");
  }

  @Test
  void findsNothingWhereNothingIs() {
    sweep.plant("it", "a-planted-secret-0123456789");

    sweep.sweep("here", "a-planted-secret-012345678");

    assertThat(sweep.leaks()).isEmpty();
    assertThat(sweep.toString()).contains("it").doesNotContain("planted");
  }
}
