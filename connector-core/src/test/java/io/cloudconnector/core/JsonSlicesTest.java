package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSlicesTest {
  private static final String BOM = "\uFEFF";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"records\":[1,2",
        "{\"records\":[1,2]",
        "{\"records\":[1,2]}}",
        "{\"records\":[1,2]} x",
        "{\"records\":[1,2],\"next\":tru}",
        "{\"records\":[1 2]}",
        "{\"records\":[01]}",
        "{\"records\":[NaN]}",
        "{\"records\":[\"a\nb\"]}",
        "{\"records\":[\"a\\x\"]}",
        "{\"records\":[1,]}",
        "{'records':[1]}"
      })
  void refusesWhatIsNotWhollyJson(String document) {
    assertThatExceptionOfType(JsonException.class).isThrownBy(() -> elements(document, "/records"));
  }

  @Test
  void refusesOtherEncodings() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonSlices.elements("[1]".getBytes(UTF_16LE), ""))
        .withMessageContaining("UTF-8");
    byte[] overlong = {'[', '"', (byte) 0xC0, (byte) 0xAF, '"', ']'};
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonSlices.elements(overlong, ""))
        .withMessageContaining("byte 2");
    byte[] cutOff = {'"', (byte) 0xC3};
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonSlices.slice(cutOff, ""))
        .withMessageContaining("UTF-8");
  }

  @Test
  void saysThatTheArrayIsMissing() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> elements("{\"data\":[]}", "/records"))
        .withMessage("JSON without '/records'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"records\":{\"a\":[1]}}", "{\"records\":\"x\"}", "{\"records\":null}"})
  void saysThatThereIsNoArray(String document) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> elements(document, "/records"))
        .withMessage("JSON whose '/records' is not an array");
  }

  @Test
  void refusesAmbiguityOnTheWayOnly() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> elements("{\"records\":[1],\"records\":[2]}", "/records"))
        .withMessageContaining("twice");
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> elements("{\"records\":[1],\"rec\\u006frds\":3}", "/records"));
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> elements("{\"records\":1,\"records\":[2]}", "/records/0"));
    assertThat(elements("{\"x\":1,\"records\":[{\"a\":1,\"a\":2}],\"x\":1}", "/records"))
        .containsExactly("{\"a\":1,\"a\":2}");
  }

  @Test
  void refusesNestingWithoutMeasure() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> elements(deep, ""))
        .withMessageContaining("64");
  }

  @Test
  void refusesWhatIsNoPointer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> elements("{}", "records"))
        .withMessageContaining("RFC 6901");
  }

  @Test
  void keepsEveryByteOfAnElement() {
    List<String> wild =
        List.of(
            "{ \"a\" : 1 ,\t\"b\":[ ] }",
            "1.0E+2",
            "-0",
            "1234567890123456789012345678901234567890",
            "0.10000000000000000000000000000000000000000000",
            "\"\"",
            "\"\\u00e9 \\\" ] } , \\\\\"",
            "\"Zürich 🏃\"",
            "[\n[ [1 , 2]\r\n], {} ]",
            "{}",
            "[]",
            "true",
            "false",
            "null");
    String document =
        "\n{ \"records\" : [ " + String.join(" ,\n ", wild) + " ] , \"next\" : 1 } \n";
    assertThat(elements(document, "/records")).containsExactlyElementsOf(wild);
    assertThat(elements(BOM + document, "/records")).containsExactlyElementsOf(wild);
    assertThat(elements("[" + String.join(",", wild) + "]", "")).containsExactlyElementsOf(wild);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1.50e-7", "\"a b\"", "\"\"", "true", "null", "{ }", "[ 1 ]", "[]", "\"é\""})
  void cutsARootOutOfTheSpaceAroundIt(String value) {
    assertThat(slice(value, "")).isEqualTo(value);
    assertThat(slice(" \t" + value + " \r\n ", "")).isEqualTo(value);
    assertThat(slice(BOM + value + "\n", "")).isEqualTo(value);
  }

  @Test
  void cutsAnEmptyArrayIntoNothing() {
    assertThat(elements("[ ]", "")).isEmpty();
    assertThat(elements("{\"records\":[\n]}", "/records")).isEmpty();
  }

  @Test
  void followsAPointerThroughObjectsAndArrays() {
    String document =
        "{\"a/b\":{\"m~n\":[0,{\"\":[ 7.0 ]}]},\"1\":\"one\",\"\\u00fc\":2,\"data\":[[1],[2, 3]]}";
    assertThat(slice(document, "/a~1b/m~0n/1/")).isEqualTo("[ 7.0 ]");
    assertThat(slice(document, "/a~1b/m~0n/1//0")).isEqualTo("7.0");
    assertThat(slice(document, "/1")).isEqualTo("\"one\"");
    assertThat(slice(document, "/ü")).isEqualTo("2");
    assertThat(elements(document, "/data/1")).containsExactly("2", "3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b", "/a/2", "/a/-", "/a/00", "/a/0/x", "/a/x", "/a/9999999999", "/c/x"})
  void findsNothingWhereNothingIs(String pointer) {
    byte[] document = "{\"a\":[0,1],\"c\":\"text\"}".getBytes(UTF_8);
    assertThat(JsonSlices.slice(document, pointer)).isEmpty();
  }

  @Test
  void generatedPagesComeBackTogether() {
    for (int seed = 0; seed < 500; seed++) {
      Generated generated = new Generated(new Random(seed));
      List<String> values = new ArrayList<>();
      List<String> padded = new ArrayList<>();
      for (int i = 0; i < seed % 7; i++) {
        values.add(generated.value(5));
        padded.add(generated.space() + values.getLast() + generated.space());
      }
      String array = "[" + String.join(",", padded) + (values.isEmpty() ? " ]" : "]");
      String page = "{\"x\":" + generated.value(3) + ",\"records\":" + array + "}";
      assertThat(elements(page, "/records")).as("seed %s", seed).isEqualTo(values);
      assertThat(slice(page, "/records")).as("seed %s", seed).isEqualTo(array);
    }
  }

  /** Writes random JSON with random space in it. */
  private record Generated(Random random) {
    private static final String[] SPACES = {"", "", " ", "\n", "\t \r\n"};
    private static final String[] TEXTS = {
      "",
      "a",
      "é",
      "🏃",
      "\\n",
      "\\\"",
      "\\\\",
      "\\u00e9",
      "\\ud83c\\udfc3",
      "]",
      "}",
      ",",
      "~/",
      " "
    };
    private static final String[] SCALARS = {
      "0", "-0", "12", "1.0E+2", "3.1400", "-1e-9", "9".repeat(40), "true", "false", "null"
    };

    String space() {
      return any(SPACES);
    }

    private String any(String[] choices) {
      return choices[random.nextInt(choices.length)];
    }

    private String text() {
      StringBuilder text = new StringBuilder("\"");
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append(any(TEXTS));
      }
      return text.append('"').toString();
    }

    String value(int depth) {
      return switch (random.nextInt(depth > 0 ? 4 : 2)) {
        case 0 -> any(SCALARS);
        case 1 -> text();
        case 2 -> "[" + many(depth, "") + "]";
        default -> "{" + many(depth, "\"k\"" + space() + ":" + space()) + "}";
      };
    }

    private String many(int depth, String before) {
      List<String> values = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        values.add(space() + before + value(depth - 1) + space());
      }
      return values.isEmpty() ? space() : String.join(",", values);
    }
  }

  private static List<String> elements(String document, String pointer) {
    return JsonSlices.elements(document.getBytes(UTF_8), pointer).stream()
        .map(bytes -> new String(bytes, UTF_8))
        .toList();
  }

  private static String slice(String document, String pointer) {
    return new String(JsonSlices.slice(document.getBytes(UTF_8), pointer).orElseThrow(), UTF_8);
  }
}
