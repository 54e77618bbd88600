package io.cloudconnector.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request that came in at a vendor's webhook address. Made by the host; immutable. */
public interface WebhookRequest {
  /** {@code GET}, {@code POST}, {@code HEAD} …, in capitals. */
  String method();

  /** The first value of a header; the name's case does not matter. */
  Optional<String> header(String name);

  /**
   * The value of a query parameter, decoded. Empty where it is missing or stands there more than
   * once: a request that says two things has said neither.
   */
  Optional<String> query(String name);

  /**
   * Every value of a query parameter, decoded, in their order; for what must not be said twice.
   * Empty where the parameter is absent.
   */
  default List<String> queries(String name) {
    String query = Optional.ofNullable(externalUrl().getRawQuery()).orElse("");
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> URLDecoder.decode(pair[0], UTF_8).equals(name))
        .map(pair -> pair.length == 2 ? URLDecoder.decode(pair[1], UTF_8) : "")
        .toList();
  }

  /** The address as the vendor knows it, with the query; some vendors sign it. */
  URI externalUrl();

  /** A copy of the raw body, at most the host's limit (1 MiB); empty where there was none. */
  byte[] body();

  Instant receivedAt();
}
