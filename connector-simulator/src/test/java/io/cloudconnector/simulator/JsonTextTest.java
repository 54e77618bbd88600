package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.JsonText.Spacing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
  private final JsonText json =
      JsonText.object()
          .number("n", "18446744073709551.2500")
          .text("t", "Zoë \"quoted\"\n")
          .escapedText("e", "é")
          .flag("f", true)
          .object("o", JsonText.object().number("m", -1))
          .nothing("z")
          .orNull("y", "null")
          .orNull("x", "1.50")
          .numbers("ns", List.of("1.0", "null", "2E-4"))
          .texts("ts", List.of("a", "\"b\""))
          .objects("os", List.of(JsonText.object().number("p", 1), JsonText.object()));

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "1.", ".5", "+1", "NaN", "1e", "0x1", "1 "})
  void refusesWhatIsNoJsonNumber(String digits) {
    assertThatThrownBy(() -> JsonText.object().number("n", digits))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonText.object().orNull("n", digits))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonText.object().numbers("n", List.of("1", digits)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPartHasTheNamedMembersInTheirOrder() {
    assertThat(json.only(Set.of("z", "o", "f", "unknown")).toString())
        .isEqualTo("{\"f\":true,\"o\":{\"m\":-1},\"z\":null}");
  }

  @Test
  void writesEveryDigitAndTheOrderAsTold() {
    assertThat(json.toString())
        .isEqualTo(
            "{\"n\":18446744073709551.2500,\"t\":\"Zoë \\\"quoted\\\"\\n\",\"e\":\"\\u00e9\","
                + "\"f\":true,\"o\":{\"m\":-1},\"z\":null,\"y\":null,\"x\":1.50,"
                + "\"ns\":[1.0,null,2E-4],\"ts\":[\"a\",\"\\\"b\\\"\"],\"os\":[{\"p\":1},{}]}");
  }

  @ParameterizedTest
  @EnumSource(Spacing.class)
  void everySpacingMeansTheSame(Spacing spacing) {
    JsonNode read = JsonMapper.shared().readTree(json.bytes(spacing));
    assertThat(read).isEqualTo(JsonMapper.shared().readTree(json.toString()));
    assertThat(read.path("e").asString()).isEqualTo("é");
  }

  @Test
  void spacingsDiffer() {
    JsonText small = JsonText.object().number("a", 1).number("b", 2);
    assertThat(new String(small.bytes(Spacing.SPACED), UTF_8)).isEqualTo("{\"a\": 1, \"b\": 2}");
    assertThat(new String(small.bytes(Spacing.LINES), UTF_8))
        .isEqualTo("{\n\t\"a\": 1,\n\t\"b\": 2\n}");
  }
}
