package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JSON object to send, such as the body that asks for a subscription; {@link Json} is for
 * reading. Members stand in the order in which they were added. Immutable; withers return copies.
 *
 * <pre>{@code
 * byte[] body =
 *     JsonObject.empty().text("url", callback.toString()).texts("types", wanted).bytes();
 * call(HttpCall.of("POST", url("/hooks")).body(body, "application/json"));
 * }</pre>
 *
 * <p>Not for a vendor's documents: hand on the bytes that came.
 */
public final class JsonObject {
  /** Each value as it will be written. */
  private final Map<String, String> members;

  private JsonObject(Map<String, String> members) {
    this.members = members;
  }

  /** <code>{}</code>, to begin with. */
  public static JsonObject empty() {
    return new JsonObject(Map.of());
  }

  /**
   * Adds a text.
   *
   * @throws IllegalArgumentException when there is a member of this name; so for all that add one
   */
  public JsonObject text(String name, String value) {
    return with(name, quoted(value));
  }

  /** Adds a whole number. */
  public JsonObject number(String name, long value) {
    return with(name, Long.toString(value));
  }

  /** Adds a number with every digit that it has. */
  public JsonObject number(String name, BigDecimal value) {
    return with(name, value.toString());
  }

  /** Adds true or false. */
  public JsonObject flag(String name, boolean value) {
    return with(name, Boolean.toString(value));
  }

  /** Adds an object. */
  public JsonObject object(String name, JsonObject value) {
    return with(name, value.json());
  }

  /** Adds an array of texts, in the order in which the collection gives them. */
  public JsonObject texts(String name, Collection<String> values) {
    return with(name, array(values.stream().map(JsonObject::quoted)));
  }

  /** Adds an array of whole numbers. */
  public JsonObject numbers(String name, long... values) {
    return with(name, array(Arrays.stream(values).mapToObj(Long::toString)));
  }

  /** Adds an array of objects. */
  public JsonObject objects(String name, Collection<JsonObject> values) {
    return with(name, array(values.stream().map(JsonObject::json)));
  }

  private static String array(Stream<String> values) {
    return values.collect(Collectors.joining(",", "[", "]"));
  }

  private JsonObject with(String name, String written) {
    Map<String, String> more = new LinkedHashMap<>(members);
    if (more.put(name, written) != null) {
      throw new IllegalArgumentException("the JSON object has a member '" + name + "' already");
    }
    return new JsonObject(more);
  }

  /** The object as text, without any blanks. */
  public String json() {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** The object in UTF-8, without any blanks. */
  public byte[] bytes() {
    return json().getBytes(UTF_8);
  }

  /**
   * A text as JSON writes it, with its quotes.
   *
   * @throws IllegalArgumentException when it has half a character, which no JSON reader takes
   */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> quote(character, quoted));
    return quoted.append('"').toString();
  }

  private static void quote(int character, StringBuilder quoted) {
    if (character == '"' || character == '\\') {
      quoted.append('\\').appendCodePoint(character);
    } else if (character < ' ') {
      quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
    } else if (Character.getType(character) == Character.SURROGATE) {
      throw new IllegalArgumentException("a text for JSON must not have half a character");
    } else {
      quoted.appendCodePoint(character);
    }
  }

  /** The names, never the values: a secret may be among them. */
  @Override
  public String toString() {
    return "JSON with " + members.keySet();
  }
}
