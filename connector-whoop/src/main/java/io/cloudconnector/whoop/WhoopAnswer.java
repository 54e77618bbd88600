package io.cloudconnector.whoop;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.util.function.Function;

/** Looks into what WHOOP answered. */
final class WhoopAnswer {
  private WhoopAnswer() {}

  /**
   * What a reader finds.
   *
   * @throws VendorApiException when it finds no JSON, or none as WHOOP describes it; the message
   *     names the place and never what stands there
   */
  static <T> T read(HttpReply reply, Function<Json, T> reader) {
    try {
      return reader.apply(Json.parse(reply.body()));
    } catch (JsonException | IllegalArgumentException e) {
      throw new VendorApiException("WHOOP's answer cannot be used: " + e.getMessage(), 0, e);
    }
  }
}
