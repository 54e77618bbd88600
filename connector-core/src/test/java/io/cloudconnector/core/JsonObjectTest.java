package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void writesEveryKindOfValueInItsOrder() {
    JsonObject object =
        JsonObject.empty()
            .text("b", "x")
            .number("n", Long.MIN_VALUE)
            .number("d", new BigDecimal("0.10"))
            .flag("f", true)
            .object("o", JsonObject.empty().flag("g", false))
            .texts("t", List.of("one", "two"))
            .numbers("i", 44, 46)
            .objects("a", List.of(JsonObject.empty(), JsonObject.empty().number("k", 1)));

    assertThat(object.json())
        .isEqualTo(
            """
            {"b":"x","n":-9223372036854775808,"d":0.10,"f":true,"o":{"g":false},\
            "t":["one","two"],"i":[44,46],"a":[{},{"k":1}]}""");
    assertThat(object.bytes()).isEqualTo(object.json().getBytes(UTF_8));
  }

  @Test
  void writesAnEmptyObjectAndEmptyArrays() {
    assertThat(JsonObject.empty().json()).isEqualTo("{}");
    assertThat(JsonObject.empty().texts("t", List.of()).numbers("n").objects("o", List.of()).json())
        .isEqualTo("{\"t\":[],\"n\":[],\"o\":[]}");
  }

  @Test
  void everyCharacterIsReadBackAsItWasInNamesAndInTexts() {
    for (int c = 0; c <= 0x1ffff; c++) {
      if (Character.getType(c) == Character.SURROGATE) {
        continue;
      }
      String text = "a" + Character.toString(c) + "b";
      Json read = Json.parse(JsonObject.empty().text(text, text).bytes());
      assertThat(read.members()).as("character %04x", c).containsOnlyKeys(text);
      assertThat(read.members().values().iterator().next().text()).isEqualTo(text);
    }
  }

  @Test
  void refusesHalfACharacter() {
    for (String half : List.of("a\ud83d", "\ude00a", "\ude00\ud83d")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> JsonObject.empty().text("t", half))
          .withMessageContaining("half a character");
    }
  }

  @Test
  void keepsTheDigitsOfLargeAndSmallNumbers() {
    for (String digits : List.of("1E+30", "-1.50", "1E-30", "9007199254740993.0")) {
      byte[] json = JsonObject.empty().number("n", new BigDecimal(digits)).bytes();
      assertThat(Json.parse(json).at("/n").decimal()).isEqualTo(new BigDecimal(digits));
    }
  }

  @Test
  void refusesASecondMemberOfOneName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.empty().text("url", "a").flag("url", true))
        .withMessageContaining("'url'");
  }

  @Test
  void aCopyLeavesTheFirstAsItWas() {
    JsonObject first = JsonObject.empty().text("a", "1");

    assertThat(first.text("b", "2").json()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(first.json()).isEqualTo("{\"a\":\"1\"}");
  }

  @Test
  void showsNamesAndNoValues() {
    assertThat(JsonObject.empty().text("token", "secret")).hasToString("JSON with [token]");
  }
}
