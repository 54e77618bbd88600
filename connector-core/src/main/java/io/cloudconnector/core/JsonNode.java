package io.cloudconnector.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A read value without its place. Numbers keep the text they were written with. */
sealed interface JsonNode {
  record Members(Map<String, JsonNode> nodes) implements JsonNode {}

  record Elements(List<JsonNode> nodes) implements JsonNode {}

  record Text(String text) implements JsonNode {}

  record Numeral(String text) implements JsonNode {}

  record Flag(boolean value) implements JsonNode {}

  record Null() implements JsonNode {}

  static JsonNode read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> new Text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getString());
      case VALUE_TRUE -> new Flag(true);
      case VALUE_FALSE -> new Flag(false);
      case VALUE_NULL -> new Null();
      default -> throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static JsonNode members(JsonParser parser) {
    Map<String, JsonNode> nodes = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      long at = parser.currentTokenLocation().getByteOffset();
      parser.nextToken();
      if (nodes.put(name, read(parser)) != null) {
        throw new JsonException("JSON with the same member twice in one object, at byte " + at);
      }
    }
    return new Members(Collections.unmodifiableMap(nodes));
  }

  private static JsonNode elements(JsonParser parser) {
    List<JsonNode> nodes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(read(parser));
    }
    return new Elements(List.copyOf(nodes));
  }

  /** The member or element that a step of a pointer leads to. */
  default Optional<JsonNode> child(String step) {
    return switch (this) {
      case Members(Map<String, JsonNode> nodes) -> Optional.ofNullable(nodes.get(step));
      case Elements(List<JsonNode> nodes) -> {
        OptionalInt index = JsonPath.index(step);
        yield index.isPresent() && index.getAsInt() < nodes.size()
            ? Optional.of(nodes.get(index.getAsInt()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }
}
