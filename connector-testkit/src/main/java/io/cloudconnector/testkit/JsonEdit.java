package io.cloudconnector.testkit;

import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonObject;
import io.cloudconnector.core.JsonSlices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A JSON document with one value taken out or put in place of another. */
final class JsonEdit {
  private final byte[] document;
  private final String target;
  private final Optional<String> replacement;

  private JsonEdit(byte[] document, String target, Optional<String> replacement) {
    this.document = document;
    this.target = target;
    this.replacement = replacement;
  }

  /** The document without the member at a place. */
  static byte[] without(byte[] document, String pointer) {
    return new JsonEdit(document, pointer, Optional.empty()).written();
  }

  /** The document with another value at a place. */
  static byte[] with(byte[] document, String pointer, String json) {
    return new JsonEdit(document, pointer, Optional.of(json)).written();
  }

  /** Values of other kinds than the one at a place. */
  static List<String> othersThan(byte[] document, String pointer) {
    String value =
        JsonSlices.slice(document, pointer)
            .map(slice -> new String(slice, StandardCharsets.UTF_8))
            .orElseThrow(
                () -> new IllegalArgumentException("the sample has nothing at '" + pointer + "'"));
    return Stream.of("null", "true", "[]", "{}", "1.5")
        .filter(other -> !kind(other).equals(kind(value)))
        .toList();
  }

  /** Whole numbers are a kind of their own: who wants one takes no other. */
  private static String kind(String value) {
    return switch (value.charAt(0)) {
      case '"' -> "text";
      case '{' -> "object";
      case '[' -> "array";
      case 't', 'f' -> "flag";
      case 'n' -> "null";
      default -> value.chars().allMatch(c -> c == '-' || Character.isDigit(c)) ? "whole" : "number";
    };
  }

  /** The pointer to a member of what another points to. */
  static String below(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private byte[] written() {
    Json root = Json.parse(document);
    if (root.find(target).isEmpty()) {
      throw new IllegalArgumentException("the sample has nothing at '" + target + "'");
    }
    return value(root, "").orElse("").getBytes(StandardCharsets.UTF_8);
  }

  /** Empty: to be left out. */
  private Optional<String> value(Json value, String pointer) {
    if (pointer.equals(target)) {
      return replacement;
    }
    if (value.isObject()) {
      return Optional.of(object(value.members(), pointer));
    }
    return Optional.of(value.isArray() ? array(value.elements(), pointer) : asWritten(pointer));
  }

  private String object(Map<String, Json> members, String pointer) {
    List<String> written = new ArrayList<>();
    members.forEach(
        (name, member) ->
            value(member, below(pointer, name))
                .ifPresent(text -> written.add(JsonObject.quoted(name) + ":" + text)));
    return "{" + String.join(",", written) + "}";
  }

  private String array(List<Json> elements, String pointer) {
    List<String> written = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      value(elements.get(i), pointer + "/" + i).ifPresent(written::add);
    }
    return "[" + String.join(",", written) + "]";
  }

  private String asWritten(String pointer) {
    return new String(JsonSlices.slice(document, pointer).orElseThrow(), StandardCharsets.UTF_8);
  }
}
