package io.cloudconnector.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Cuts values out of a JSON document as the bytes they were sent in: every digit, space and escape
 * of the vendor's stays. Thread-safe.
 *
 * <p>The whole document is read, so one that is cut off or malformed anywhere is refused. Members
 * that appear twice are refused only on the way to the wanted value; inside a slice they are the
 * vendor's own.
 */
public final class JsonSlices {
  private JsonSlices() {}

  /**
   * The elements of an array, in order.
   *
   * @param document UTF-8
   * @param arrayPointer where the array is (RFC 6901); empty when it is the whole document
   * @throws JsonException when there is no array at that place, or the document is malformed
   */
  public static List<byte[]> elements(byte[] document, String arrayPointer) {
    return JsonDocument.read(document, parser -> find(parser, arrayPointer, JsonSlices::elements))
        .orElseThrow(() -> new JsonException("JSON without '" + arrayPointer + "'"))
        .orElseThrow(() -> new JsonException("JSON whose '" + arrayPointer + "' is not an array"))
        .stream()
        .map(span -> span.of(document))
        .toList();
  }

  /**
   * The value at a place, without the space around it; empty when there is none. A JSON null is a
   * value: the four bytes {@code null}.
   *
   * @param document UTF-8
   * @throws JsonException when the document is malformed
   */
  public static Optional<byte[]> slice(byte[] document, String pointer) {
    return JsonDocument.read(document, parser -> find(parser, pointer, JsonSlices::span))
        .map(span -> span.of(document));
  }

  /** From inclusive, to exclusive. */
  private record Span(long from, long to) {
    byte[] of(byte[] document) {
      return Arrays.copyOfRange(document, Math.toIntExact(from), Math.toIntExact(to));
    }
  }

  private static <T> Optional<T> find(
      JsonParser parser, String pointer, JsonDocument.Reader<T> reader) {
    return find(parser, JsonPath.of(pointer).steps(), reader);
  }

  private static <T> Optional<T> find(
      JsonParser parser, List<String> steps, JsonDocument.Reader<T> reader) {
    if (steps.isEmpty()) {
      return Optional.of(reader.read(parser));
    }
    List<String> rest = steps.subList(1, steps.size());
    return switch (parser.currentToken()) {
      case START_OBJECT -> member(parser, steps.getFirst(), rest, reader);
      case START_ARRAY -> element(parser, JsonPath.index(steps.getFirst()), rest, reader);
      default -> Optional.empty();
    };
  }

  private static <T> Optional<T> member(
      JsonParser parser, String name, List<String> rest, JsonDocument.Reader<T> reader) {
    Optional<T> found = Optional.empty();
    boolean seen = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean wanted = parser.currentName().equals(name);
      parser.nextToken();
      if (!wanted) {
        parser.skipChildren();
      } else if (seen) {
        throw new JsonException("JSON with the member '" + name + "' twice in one object");
      } else {
        seen = true;
        found = find(parser, rest, reader);
      }
    }
    return found;
  }

  private static <T> Optional<T> element(
      JsonParser parser, OptionalInt index, List<String> rest, JsonDocument.Reader<T> reader) {
    Optional<T> found = Optional.empty();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (index.isPresent() && index.getAsInt() == i) {
        found = find(parser, rest, reader);
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  /** Empty when the value is no array. */
  private static Optional<List<Span>> elements(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return Optional.empty();
    }
    List<Span> spans = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      spans.add(span(parser));
    }
    return Optional.of(spans);
  }

  private static Span span(JsonParser parser) {
    long from = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    if (parser.currentToken().isNumeric()) {
      // Behind a number that is the whole document Jackson has already read one more byte.
      return new Span(from, from + parser.getStringLength());
    }
    // Jackson leaves a text unread until asked; only afterwards does it stand behind it.
    parser.finishToken();
    return new Span(from, parser.currentLocation().getByteOffset());
  }
}
