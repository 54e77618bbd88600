package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Lets only whole JSON documents into events. A vendor's bytes are put into an event as they are,
 * so a half document, or a proxy's page, would break every reader of the feed.
 */
final class WellFormed {
  private static final JsonFactory JSON = new JsonFactory();

  private WellFormed() {}

  /**
   * Passes the document on.
   *
   * @throws VendorApiException when it calls itself JSON and is not one JSON value in UTF-8
   */
  static VendorData checked(VendorData document) {
    if (document.mediaType().equals(VendorData.JSON) && !isOneValue(document.bytes())) {
      throw new VendorApiException("the document of " + document.resource() + " is not JSON", 0);
    }
    return document;
  }

  private static boolean isOneValue(byte[] bytes) {
    try {
      return roots(text(bytes)) == 1;
    } catch (JacksonException | CharacterCodingException e) {
      return false;
    }
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static int roots(String text) {
    int roots = 0;
    int depth = 0;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        roots += depth == 0 && !token.isStructEnd() ? 1 : 0;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    }
    return roots;
  }
}
