package io.cloudconnector.host.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands in every answer: nothing of ours is to be cached, framed, sniffed or to run scripts.
 */
final class SafeHeaders {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff");

  private SafeHeaders() {}

  /**
   * Names and values.
   *
   * @param tls whether this server ends TLS itself: browsers are then told never to come without.
   *     Where a proxy ends it, that is the proxy's to say
   */
  static Map<String, String> of(boolean tls) {
    Map<String, String> headers = new LinkedHashMap<>(ALWAYS);
    if (tls) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return Map.copyOf(headers);
  }
}
