package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cloudconnector.api.VendorApiException;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}{}", "{\"a\":1}x", "[1,]", "nul", "1 2", "<html>", "{\"a\" 1}", "\"a"})
  void refusesWhatIsNotJson(String document) {
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> json(document));
  }

  /** A page of a proxy must be asked for again, not be buried as the caller's bug. */
  @Test
  void blamesTheVendor() {
    assertThatExceptionOfType(VendorApiException.class)
        .isThrownBy(() -> json("<html>"))
        .satisfies(broken -> assertThat(broken.statusCode()).isZero());
    assertThatExceptionOfType(VendorApiException.class).isThrownBy(() -> json("{}").at("/id"));
  }

  @Test
  void neverQuotesTheDocument() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"a\": sesame }"))
        .withMessageContaining("at byte")
        .withNoCause()
        .satisfies(broken -> assertThat(broken.getMessage()).doesNotContain("sesame"));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"sesame\":\"sesame\"}").members().values().forEach(Json::number))
        .withMessage("JSON whose '/*' is not a number");
    assertThat(json("{\"a\":\"sesame\"}").at("/a")).hasToString("JSON at '/a'");
  }

  @Test
  void refusesAMemberThatStandsTwice() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"a\":{\"id\":1,\"i\\u0064\":2}}"))
        .withMessage("JSON with the same member twice in one object, at byte 13");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"a\":null,\"a\":null}"));
  }

  @Test
  void nestsSixtyFourDeepAndNoDeeper() {
    json("[".repeat(64) + "]".repeat(64));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("[".repeat(65) + "]".repeat(65)))
        .withMessageContaining("64");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> json("{\"a\":".repeat(100_000)));
  }

  @Test
  void namesThePlaceThatIsMissingAsSeenFromTheDocument() {
    Json second = json("{\"data\":[{},{\"id\":1}]}").at("/data").elements().get(0);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> second.at("/id"))
        .withMessage("JSON without '/data/0/id'");
  }

  @Test
  void namesWhatItExpected() {
    Json all = json("{\"text\":\"t\",\"number\":1.5,\"none\":null}");
    assertWrong("a text", () -> all.at("/number").text());
    assertWrong("a number", () -> all.at("/text").decimal());
    assertWrong("a number", () -> all.at("/none").number());
    assertWrong("an integer of at most 64 bits", () -> all.at("/number").number());
    assertWrong("true or false", () -> all.at("/text").flag());
    assertWrong("an array", all::elements);
    assertWrong("an object", () -> all.at("/text").members());
  }

  private static void assertWrong(String expected, Runnable reading) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(reading::run)
        .withMessageEndingWith("is not " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "1.0", "1e3", "true", "null", "[1]", "{}"})
  void takesNothingElseForAnId(String value) {
    assertWrong("an id: a text that is not empty, or an integer", () -> json(value).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "1.5", "1e400", "1e-400", "1e999999999"})
  void refusesANumberBeyondSixtyFourBits(String value) {
    assertWrong("an integer of at most 64 bits", () -> json(value).number());
  }

  @Test
  void refusesAnExponentWithoutMeasure() {
    assertWrong(
        "a number with an exponent of at most 32 bits", () -> json("1e9999999999").decimal());
    assertWrong(
        "a number with an exponent of at most 32 bits", () -> json("1e9999999999").number());
  }

  @Test
  void givesIdsAsWritten() {
    assertThat(json("\"ecfc6a15-4661\"").id()).isEqualTo("ecfc6a15-4661");
    assertThat(json("10129").id()).isEqualTo("10129");
    assertThat(json("123456789012345678901234567890").id())
        .isEqualTo("123456789012345678901234567890");
    assertThat(json("-7").id()).isEqualTo("-7");
  }

  @Test
  void keepsEveryDigit() {
    String digits = "1234567890123456789.0123456789012345678900";
    assertThat(json(digits).decimal()).isEqualTo(new BigDecimal(digits));
    assertThat(json("1.0E+2").decimal()).isEqualTo(new BigDecimal("1.0E+2"));
    assertThat(json("1.0E+2").number()).isEqualTo(100);
    assertThat(json("-9223372036854775808").number()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void tellsAbsentAndNullFromAValue() {
    Json document = json("{\"none\":null,\"empty\":\"\",\"no\":false}");
    assertThat(document.find("/absent")).isEmpty();
    assertThat(document.find("/none")).isEmpty();
    assertThat(document.find("/empty/deeper")).isEmpty();
    assertThat(document.find("/empty").map(Json::text)).contains("");
    assertThat(document.find("/no").map(Json::flag)).contains(false);
    assertThat(document.at("/none").isNull()).isTrue();
  }

  @Test
  void followsPointersAsTheStandardSays() {
    // The example of RFC 6901, section 5.
    Json document =
        json(
            """
            {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4,
             "i\\\\j": 5, "k\\"l": 6, " ": 7, "m~n": 8}
            """);
    assertThat(document.at("").isObject()).isTrue();
    assertThat(document.at("/foo").isArray()).isTrue();
    assertThat(document.at("/foo/0").text()).isEqualTo("bar");
    assertThat(document.at("/").number()).isZero();
    assertThat(document.at("/a~1b").number()).isEqualTo(1);
    assertThat(document.at("/c%d").number()).isEqualTo(2);
    assertThat(document.at("/i\\j").number()).isEqualTo(5);
    assertThat(document.at("/k\"l").number()).isEqualTo(6);
    assertThat(document.at("/ ").number()).isEqualTo(7);
    assertThat(document.at("/m~0n").number()).isEqualTo(8);
    assertThat(document.find("/foo/-")).isEmpty();
    assertThat(document.find("/foo/01")).isEmpty();
    assertThat(document.find("/foo/2")).isEmpty();
    assertThat(json("{\"~1\":9}").at("/~01").number()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", "/a~", "/a~2b"})
  void refusesWhatIsNoPointer(String pointer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> json("{}").find(pointer))
        .withMessageContaining("RFC 6901");
  }

  @Test
  void readsElementsAndMembersInOrder() {
    Json document = json("\uFEFF{\"z\":[1,\"é🏃\",true],\"a\":{\"b\":2}}");
    assertThat(document.members().keySet()).containsExactly("z", "a");
    assertThat(document.at("/z").elements()).hasSize(3);
    assertThat(document.at("/z").elements().get(1).text()).isEqualTo("é🏃");
    assertThat(document.members())
        .hasEntrySatisfying("a", a -> assertThat(a.at("/b").number()).isEqualTo(2));
    assertThat(document.at("/z/2").isFlag()).isTrue();
    assertThat(document.at("/z/1").isText()).isTrue();
    assertThat(document.at("/z/0").isNumber()).isTrue();
  }

  @Test
  void cannotBeChanged() {
    Json document = json("{\"a\":[1]}");
    Consumer<Runnable> refused =
        change ->
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(change::run);
    refused.accept(() -> document.members().clear());
    refused.accept(() -> document.at("/a").elements().clear());
  }

  private static Json json(String document) {
    return Json.parse(document.getBytes(UTF_8));
  }
}
