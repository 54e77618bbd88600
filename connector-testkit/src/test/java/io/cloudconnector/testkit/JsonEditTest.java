package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonEditTest {
  private static final byte[] DOCUMENT =
      """
      {"a" : 1.50, "b" : [ {"c":"x"}, true ], "d/e" : null}"""
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void refusesAPlaceThatTheSampleDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonEdit.without(DOCUMENT, "/b/0/nothing"))
        .withMessageContaining("/b/0/nothing");
  }

  @Test
  void takesAMemberOut() {
    assertThat(text(JsonEdit.without(DOCUMENT, "/b/0/c")))
        .isEqualTo("{\"a\":1.50,\"b\":[{},true],\"d/e\":null}");
  }

  @Test
  void putsAValueInPlaceOfAnother() {
    assertThat(text(JsonEdit.with(DOCUMENT, "/b", "7")))
        .isEqualTo("{\"a\":1.50,\"b\":7,\"d/e\":null}");
  }

  /** A field that holds a flag cannot refuse another flag. */
  @Test
  void namesValuesOfOtherKindsOnly() {
    byte[] kinds =
        "{\"flag\":false,\"whole\":-7,\"part\":0.5,\"text\":\"x\",\"list\":[1],\"object\":{\"a\":1}}"
            .getBytes(StandardCharsets.UTF_8);

    assertThat(JsonEdit.othersThan(kinds, "/flag")).containsExactly("null", "[]", "{}", "1.5");
    assertThat(JsonEdit.othersThan(kinds, "/whole"))
        .containsExactly("null", "true", "[]", "{}", "1.5");
    assertThat(JsonEdit.othersThan(kinds, "/part")).containsExactly("null", "true", "[]", "{}");
    assertThat(JsonEdit.othersThan(kinds, "/text"))
        .containsExactly("null", "true", "[]", "{}", "1.5");
    assertThat(JsonEdit.othersThan(kinds, "/list")).containsExactly("null", "true", "{}", "1.5");
    assertThat(JsonEdit.othersThan(kinds, "/object")).containsExactly("null", "true", "[]", "1.5");
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
