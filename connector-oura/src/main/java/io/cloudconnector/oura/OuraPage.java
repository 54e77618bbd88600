package io.cloudconnector.oura;

import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.JsonSlices;
import java.util.List;
import java.util.Optional;

/**
 * A page of one of Oura's lists: {@code {"data":[…],"next_token":…}}.
 *
 * @param rows what is in it, as it was sent
 * @param next the token of the page after it; a page without rows may have one too
 */
record OuraPage(List<byte[]> rows, Optional<String> next) {
  /**
   * Reads an answer.
   *
   * @throws JsonException when it is no such page
   */
  static OuraPage read(byte[] body) {
    Optional<String> next =
        Json.parse(body).find("/next_token").map(Json::text).filter(token -> !token.isEmpty());
    return new OuraPage(JsonSlices.elements(body, "/data"), next);
  }
}
