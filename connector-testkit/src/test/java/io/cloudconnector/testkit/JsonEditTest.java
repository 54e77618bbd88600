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

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
