package io.cloudconnector.api;

import java.net.URI;
import java.time.Instant;
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

  /** The address as the vendor knows it, with the query; some vendors sign it. */
  URI externalUrl();

  /** A copy of the raw body, at most the host's limit (1 MiB); empty where there was none. */
  byte[] body();

  Instant receivedAt();
}
