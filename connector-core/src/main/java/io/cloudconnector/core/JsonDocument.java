package io.cloudconnector.core;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** One JSON value in UTF-8 and nothing else: what both ways of reading agree on. */
final class JsonDocument {
  private static final int DEEPEST = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** Reads the value whose first token is the current one, up to its last token. */
  interface Reader<T> {
    T read(JsonParser parser);
  }

  private JsonDocument() {}

  static <T> T read(byte[] utf8, Reader<T> reader) {
    refuseOtherEncodings(utf8);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), utf8)) {
      if (parser.nextToken() == null) {
        throw new JsonException("not JSON: the document is empty");
      }
      T result = reader.read(parser);
      if (parser.nextToken() != null) {
        throw new JsonException("not JSON: more follows the first value");
      }
      return result;
    } catch (JacksonException broken) {
      throw withoutContent(broken);
    }
  }

  /** Jackson's messages quote the document, so neither message nor cause goes on. */
  private static JsonException withoutContent(JacksonException broken) {
    if (broken instanceof StreamConstraintsException) {
      return new JsonException(
          "JSON nested deeper than " + DEEPEST + ", or a name, text or number without measure");
    }
    return new JsonException("not JSON: malformed at byte " + broken.getLocation().getByteOffset());
  }

  /**
   * Jackson would guess UTF-16 and UTF-32 from zero bytes, and takes overlong sequences for
   * characters.
   */
  private static void refuseOtherEncodings(byte[] utf8) {
    for (int i = 0; i < Math.min(4, utf8.length); i++) {
      if (utf8[i] == 0) {
        throw new JsonException("not JSON in UTF-8: another encoding");
      }
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(utf8);
    CharBuffer characters = CharBuffer.allocate(Math.min(8192, utf8.length + 1));
    CoderResult result;
    do {
      result = decoder.decode(bytes, characters.clear(), true);
    } while (result.isOverflow());
    if (result.isError()) {
      throw new JsonException("not JSON in UTF-8: a wrong sequence at byte " + bytes.position());
    }
  }
}
