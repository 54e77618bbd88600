package io.cloudconnector.host.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.NastyTexts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the file, it is read or its faults are told, and no secret is among them. */
final class SettingsFuzzingTest {
  private static final String SECRET = "planted/secret+0123456789=";
  private static final String WHOLE = whole();

  @Property
  void mutatedConfigurations(@ForAll("mutated") String yaml) {
    assertReadOrTold(yaml);
  }

  @Property
  void anyText(@ForAll("texts") String yaml) {
    assertReadOrTold(yaml);
  }

  /** One value of each kind of key, replaced by anything. */
  @Property
  void values(@ForAll("keys") String key, @ForAll("texts") String value) {
    assertReadOrTold(
        WHOLE.replaceFirst(
            "(?m)(\\b" + key + ":\\s*)[^\\n]*",
            "$1" + java.util.regex.Matcher.quoteReplacement(value)));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(
        "host",
        "port",
        "publicUrl",
        "managementPort",
        "url",
        "directory",
        "required",
        "apiKeys",
        "encryptionKeys",
        "allowedReturnUrls",
        "clientId",
        "baseUrl",
        "rateLimits",
        "backfill",
        "webhookTolerance",
        "timeout",
        "trustedProxies",
        "tls");
  }

  @Provide
  Arbitrary<String> texts() {
    return NastyTexts.texts();
  }

  /** Pieces cut out, doubled, and put in. */
  @Provide
  Arbitrary<String> mutated() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, WHOLE.length());
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            NastyTexts.texts(),
            Arbitraries.of(
                "\n",
                "  ",
                ":",
                "- ",
                "&a",
                "*a",
                "!!java.net.URL [x]",
                "{",
                "}",
                "[",
                "\t",
                "'",
                "|",
                "---",
                "%YAML",
                "${",
                "}",
                "<<: *a",
                "? "));
    return Combinators.combine(places, places, pieces)
        .as(
            (a, b, piece) ->
                WHOLE.substring(0, Math.min(a, b)) + piece + WHOLE.substring(Math.max(a, b)));
  }

  private static void assertReadOrTold(String yaml) {
    try {
      assertThat(
              SettingsLoader.parse(
                  yaml, Map.of("NAME", SECRET), Configurations.HOME, plugins -> Map.of()))
          .isNotNull();
    } catch (StartupException told) {
      assertThat(told.getMessage()).isNotBlank().doesNotContain(SECRET);
    }
  }

  private static String whole() {
    try (InputStream in = SettingsFuzzingTest.class.getResourceAsStream("/full.yaml")) {
      String full = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return full.replaceAll(
          "(?m)((?:secret|Secret|password|[kK]ey): *)\"[^\"]*\"", "$1\"" + SECRET + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
