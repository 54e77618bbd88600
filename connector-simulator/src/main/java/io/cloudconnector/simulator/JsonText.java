package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A JSON object written exactly as told: numbers digit by digit, members in the order given, in one
 * of several spacings. A vendor's documents are made with it, to see that whoever passes them on
 * leaves every byte alone. Not thread-safe.
 */
public final class JsonText {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final List<Member> members = new ArrayList<>();

  private JsonText() {}

  /** Where blanks and line ends go; all mean the same to a JSON reader. */
  public enum Spacing {
    /** None at all. */
    COMPACT,
    /** A blank after each colon and comma. */
    SPACED,
    /** A line for each member, indented by tabs. */
    LINES
  }

  private interface Value {
    void write(StringBuilder out, Spacing spacing, int depth);
  }

  private record Member(String name, Value value) {}

  /** An object without members. */
  public static JsonText object() {
    return new JsonText();
  }

  /**
   * Adds a number, written with just these characters.
   *
   * @throws IllegalArgumentException when they are no JSON number
   */
  public JsonText number(String name, String digits) {
    requireNumber(digits);
    return raw(name, digits);
  }

  private static void requireNumber(String digits) {
    if (!NUMBER.matcher(digits).matches()) {
      throw new IllegalArgumentException("'" + digits + "' is no JSON number");
    }
  }

  /** Adds a whole number. */
  public JsonText number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a text; letters beyond ASCII stay as they are. */
  public JsonText text(String name, String value) {
    return raw(name, quoted(value));
  }

  /** Adds a text in which letters beyond ASCII are written as escapes. */
  public JsonText escapedText(String name, String value) {
    StringBuilder escaped = new StringBuilder();
    for (char c : quoted(value).toCharArray()) {
      escaped.append(c < 0x80 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return raw(name, escaped.toString());
  }

  /** Adds true or false. */
  public JsonText flag(String name, boolean value) {
    return raw(name, Boolean.toString(value));
  }

  /** Adds a null. */
  public JsonText nothing(String name) {
    return raw(name, "null");
  }

  /**
   * Adds a number, or a null.
   *
   * @param digits {@code null} as a text stands for a null
   * @throws IllegalArgumentException when they are neither a JSON number nor null
   */
  public JsonText orNull(String name, String digits) {
    return digits.equals("null") ? nothing(name) : number(name, digits);
  }

  /**
   * Adds an array of numbers, each written with just these characters.
   *
   * @param digits {@code null} as a text stands for a null
   * @throws IllegalArgumentException when one of them is neither a JSON number nor null
   */
  public JsonText numbers(String name, List<String> digits) {
    digits.stream().filter(text -> !text.equals("null")).forEach(JsonText::requireNumber);
    return array(name, digits.stream().<Value>map(JsonText::raw).toList());
  }

  /** Adds an array of texts. */
  public JsonText texts(String name, List<String> values) {
    return array(name, values.stream().<Value>map(text -> raw(quoted(text))).toList());
  }

  /** Adds an array of objects. */
  public JsonText objects(String name, List<JsonText> values) {
    return array(name, values.stream().<Value>map(json -> json::write).toList());
  }

  private JsonText array(String name, List<Value> values) {
    members.add(new Member(name, (out, spacing, depth) -> write(values, out, spacing, depth)));
    return this;
  }

  private static void write(List<Value> values, StringBuilder out, Spacing spacing, int depth) {
    out.append('[');
    String separator = "";
    for (Value value : values) {
      out.append(separator);
      value.write(out, spacing, depth);
      separator = spacing == Spacing.COMPACT ? "," : ", ";
    }
    out.append(']');
  }

  /** Adds an object. */
  public JsonText object(String name, JsonText value) {
    members.add(new Member(name, value::write));
    return this;
  }

  /** Adds all members of another object. */
  public JsonText all(JsonText other) {
    members.addAll(other.members);
    return this;
  }

  /** The same object with only the members of these names. */
  public JsonText only(Set<String> names) {
    JsonText part = object();
    members.stream().filter(member -> names.contains(member.name())).forEach(part.members::add);
    return part;
  }

  /** The object in UTF-8. */
  public byte[] bytes(Spacing spacing) {
    StringBuilder out = new StringBuilder();
    write(out, spacing, 0);
    return out.toString().getBytes(UTF_8);
  }

  /** The object without any blanks. */
  @Override
  public String toString() {
    return new String(bytes(Spacing.COMPACT), UTF_8);
  }

  private JsonText raw(String name, String text) {
    members.add(new Member(name, raw(text)));
    return this;
  }

  private static Value raw(String text) {
    return (out, spacing, depth) -> out.append(text);
  }

  private void write(StringBuilder out, Spacing spacing, int depth) {
    out.append('{');
    String separator = "";
    for (Member member : members) {
      out.append(separator);
      newLine(out, spacing, depth + 1);
      out.append(quoted(member.name())).append(spacing == Spacing.COMPACT ? ":" : ": ");
      member.value().write(out, spacing, depth + 1);
      separator = spacing == Spacing.SPACED ? ", " : ",";
    }
    newLine(out, spacing, depth);
    out.append('}');
  }

  private static void newLine(StringBuilder out, Spacing spacing, int depth) {
    if (spacing == Spacing.LINES) {
      out.append('\n').repeat('\t', depth);
    }
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(text)) + '"';
  }
}
