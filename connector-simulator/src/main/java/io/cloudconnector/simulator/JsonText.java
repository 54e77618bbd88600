package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
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
    if (!NUMBER.matcher(digits).matches()) {
      throw new IllegalArgumentException("'" + digits + "' is no JSON number");
    }
    return raw(name, digits);
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
    members.add(new Member(name, (out, spacing, depth) -> out.append(text)));
    return this;
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
