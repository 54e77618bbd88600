package io.cloudconnector.host;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import tools.jackson.databind.json.JsonMapper;

/** Texts that people never type and attackers do. */
public final class NastyTexts {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String[] KNOWN = {
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udc00x",
    "\ud83d\ude00",
    "\r\n\r\n",
    "\uffff",
    "\u202e",
    "../..",
    "%00",
    "%",
    "%zz",
    "%ff",
    "%2F",
    "+",
    "'; DROP TABLE inbox; --",
    "\" OR 1=1",
    "${HOME}",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "null",
    "true",
    "0",
    "-1",
    "9223372036854775808",
    "99999999999999999999999999",
    "1e400",
    "NaN",
    "0x10",
    "c0",
    "c1",
    "c999999999999999999",
    "c-1",
    "2026-02-30T25:61:00Z",
    "+999999999-12-31T23:59:59Z",
    "acme",
    "whoop",
    "ACTIVE",
    "anna",
    "http://127.0.0.1/",
    "javascript:alert(1)",
    "//evil.example",
    "https://app.example.test/after/x"
  };

  private NastyTexts() {}

  public static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, Arbitraries.of(KNOWN)),
        Tuple.of(3, Arbitraries.strings().all().ofMaxLength(40)),
        Tuple.of(2, Arbitraries.strings().ascii().ofMaxLength(40)),
        Tuple.of(1, Arbitraries.of("a", "\0", "\u00e9", "[").map(text -> text.repeat(3_000))));
  }

  /** As they stand in a request's head: mostly escaped, now and then as they are. */
  static Arbitrary<String> inAddresses() {
    Arbitrary<String> escaped =
        texts().map(text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
    Arbitrary<String> raw =
        texts()
            .map(text -> text.replaceAll("[\\r\\n ]", "").replaceAll("[^\\x00-\\xff]", "\u00ff"));
    return Arbitraries.frequencyOf(Tuple.of(4, escaped), Tuple.of(1, raw));
  }

  static Arbitrary<String> inHeaders() {
    return texts()
        .map(text -> text.replaceAll("[\\r\\n]", "").replaceAll("[^\\x00-\\xff]", "\u00ff"));
  }

  /** Queries over these names and some others. */
  static Arbitrary<String> queries(String... names) {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of(names)), Tuple.of(1, inAddresses()));
    Arbitrary<String> pair = Combinators.combine(name, inAddresses()).as((n, v) -> n + "=" + v);
    return pair.list().ofMaxSize(4).map(pairs -> String.join("&", pairs));
  }

  /** Any JSON value. */
  static Arbitrary<Object> values() {
    Arbitrary<Object> plain =
        Arbitraries.oneOf(
            texts().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.<Object>just(Map.of()),
            Arbitraries.<Object>just(List.of()));
    return Arbitraries.oneOf(plain, plain.list().ofMaxSize(3).asGeneric());
  }

  /** Bodies: mostly objects with these members, and sometimes anything else. */
  static Arbitrary<byte[]> bodies(String... members) {
    Arbitrary<String> name =
        Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.of(members)), Tuple.of(1, texts()));
    Arbitrary<Object> value =
        Arbitraries.frequencyOf(Tuple.of(3, texts().asGeneric()), Tuple.of(1, values()));
    Arbitrary<byte[]> objects =
        Arbitraries.maps(name, value).ofMaxSize(members.length + 1).map(NastyTexts::json);
    Arbitrary<byte[]> whole = values().map(JSON::writeValueAsBytes);
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
    Arbitrary<byte[]> broken =
        Combinators.combine(objects, Arbitraries.integers().between(0, 200))
            .as((object, at) -> Arrays.copyOf(object, Math.min(at, object.length)));
    Arbitrary<byte[]> deep =
        Arbitraries.of("[", "{\"a\":")
            .map(text -> text.repeat(5_000).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.frequencyOf(
        Tuple.of(8, objects),
        Tuple.of(1, whole),
        Tuple.of(1, bytes),
        Tuple.of(1, broken),
        Tuple.of(1, deep));
  }

  /** With lone surrogates escaped, as JSON can carry them. */
  static byte[] json(Map<String, ?> members) {
    StringBuilder ascii = new StringBuilder();
    for (char each : JSON.writeValueAsString(new TreeMap<>(members)).toCharArray()) {
      ascii.append(each < 0x7f ? String.valueOf(each) : "\\u%04x".formatted((int) each));
    }
    return ascii.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
