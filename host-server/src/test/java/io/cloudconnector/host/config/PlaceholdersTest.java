package io.cloudconnector.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
  private final Placeholders placeholders =
      new Placeholders(Map.of("A", "1", "B_2", "${A}", "EMPTY", "", "DOLLAR", "a$1\\b"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          plain          | plain
          ${A}           | 1
          x${A}y${A}z    | x1y1z
          ${A:-9}        | 1
          ${NONE:-9}     | 9
          ${EMPTY:-9}    | 9
          x${EMPTY}y     | xy
          x${NONE:-}y    | xy
          ${NONE:-a:-b}  | a:-b
          ${B_2}         | ${A}
          ${DOLLAR}      | a$1\\b
          $${A}          | ${A}
          $A and $$ {A}  | $A and $$ {A}
          """)
  void fills(String text, String expected) {
    assertThat(placeholders.fill(text)).isEqualTo(expected);
  }

  @Test
  void namesTheVariableThatIsNotSet() {
    assertThatThrownBy(() -> placeholders.fill("${NONE}"))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("NONE, which is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${", "${A", "${}", "${1A}", "${A-9}", "${A B}"})
  void refusesHalfPlaceholders(String text) {
    assertThatThrownBy(() -> placeholders.fill(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining("no ${NAME}");
  }
}
