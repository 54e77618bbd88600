package io.cloudconnector.core;

import io.cloudconnector.core.JsonNode.Elements;
import io.cloudconnector.core.JsonNode.Flag;
import io.cloudconnector.core.JsonNode.Members;
import io.cloudconnector.core.JsonNode.Null;
import io.cloudconnector.core.JsonNode.Numeral;
import io.cloudconnector.core.JsonNode.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value in a JSON document, for connectors that look something up in what a vendor sent. To hand
 * a vendor's records on untouched use {@link JsonSlices}.
 *
 * <p>Places are named by JSON pointers (RFC 6901), always as seen from this value. Immutable. Every
 * method that does not find what it is asked for throws a {@link JsonException} that names the
 * place and never what stands there.
 */
public final class Json {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private final String place;
  private final JsonNode node;

  private Json(String place, JsonNode node) {
    this.place = place;
    this.node = node;
  }

  /**
   * Reads a document: UTF-8, one value, nested at most 64 deep, no member twice in one object.
   *
   * @throws JsonException when it is anything else
   */
  public static Json parse(byte[] utf8) {
    return new Json("", JsonDocument.read(utf8, JsonNode::read));
  }

  /**
   * The value at a place; a JSON null is a value.
   *
   * @throws JsonException when there is none
   * @throws IllegalArgumentException when the pointer is not one
   */
  public Json at(String pointer) {
    return look(pointer)
        .orElseThrow(() -> new JsonException("JSON without '" + place + pointer + "'"));
  }

  /**
   * The value at a place; empty when there is none or a JSON null.
   *
   * @throws IllegalArgumentException when the pointer is not one
   */
  public Optional<Json> find(String pointer) {
    return look(pointer).filter(found -> !found.isNull());
  }

  private Optional<Json> look(String pointer) {
    Optional<JsonNode> found = Optional.of(node);
    for (String step : JsonPath.of(pointer).steps()) {
      found = found.flatMap(parent -> parent.child(step));
    }
    return found.map(child -> new Json(place + pointer, child));
  }

  /** A string, which may be empty. */
  public String text() {
    if (node instanceof Text(String text)) {
      return text;
    }
    throw wrong("a text");
  }

  /**
   * What vendors name things with: a string that is not empty, or an integer of any size, as
   * written.
   */
  public String id() {
    return switch (node) {
      case Text(String text) when !text.isEmpty() -> text;
      case Numeral(String text) when INTEGER.matcher(text).matches() -> text;
      default -> throw wrong("an id: a text that is not empty, or an integer");
    };
  }

  /** A number without a fraction, within 64 bits; {@code 1.0E+2} is 100. */
  public long number() {
    try {
      return decimal().longValueExact();
    } catch (ArithmeticException unfit) {
      throw wrong("an integer of at most 64 bits");
    }
  }

  /** A number with every digit it was written with. */
  public BigDecimal decimal() {
    if (!(node instanceof Numeral(String text))) {
      throw wrong("a number");
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException exponentTooLarge) {
      throw wrong("a number with an exponent of at most 32 bits");
    }
  }

  /** True or false. */
  public boolean flag() {
    if (node instanceof Flag(boolean value)) {
      return value;
    }
    throw wrong("true or false");
  }

  /** The elements of an array, in order. */
  public List<Json> elements() {
    if (!(node instanceof Elements(List<JsonNode> nodes))) {
      throw wrong("an array");
    }
    List<Json> elements = new ArrayList<>();
    for (JsonNode element : nodes) {
      elements.add(new Json(place + "/" + elements.size(), element));
    }
    return List.copyOf(elements);
  }

  /** The members of an object, in order. */
  public Map<String, Json> members() {
    if (!(node instanceof Members(Map<String, JsonNode> nodes))) {
      throw wrong("an object");
    }
    Map<String, Json> members = new LinkedHashMap<>();
    // The vendor chose these names, so messages show a star instead.
    nodes.forEach((name, member) -> members.put(name, new Json(place + "/*", member)));
    return Collections.unmodifiableMap(members);
  }

  public boolean isObject() {
    return node instanceof Members;
  }

  public boolean isArray() {
    return node instanceof Elements;
  }

  public boolean isText() {
    return node instanceof Text;
  }

  public boolean isNumber() {
    return node instanceof Numeral;
  }

  public boolean isFlag() {
    return node instanceof Flag;
  }

  public boolean isNull() {
    return node instanceof Null;
  }

  private JsonException wrong(String expected) {
    return new JsonException(
        "JSON whose " + (place.isEmpty() ? "document" : "'" + place + "'") + " is not " + expected);
  }

  /** The place, never the content. */
  @Override
  public String toString() {
    return "JSON" + (place.isEmpty() ? "" : " at '" + place + "'");
  }
}
