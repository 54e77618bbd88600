package io.cloudconnector.host.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of request and what serves it.
 *
 * @param method {@code *} for any
 * @param template a path whose parts in braces match any one segment
 * @param wanted the parts of the template
 * @param open whether it is served without an API key
 */
record Route(
    String method,
    String template,
    List<String> wanted,
    boolean open,
    Function<Exchange, Reply> handler) {
  Route(String method, String template, boolean open, Function<Exchange, Reply> handler) {
    this(method, template, segments(template), open, handler);
  }

  /** The parts of a path as they came, still encoded. */
  static List<String> segments(String rawPath) {
    return List.of(rawPath.split("/", -1));
  }

  /** What the path has for the names of the template, or empty when it is another path. */
  Optional<Map<String, String>> match(List<String> given) {
    return isLike(given) ? parts(given) : Optional.empty();
  }

  /** Most routes end here, for each request. */
  private boolean isLike(List<String> given) {
    if (wanted.size() != given.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      String want = wanted.get(i);
      if (!want.startsWith("{") && !want.equals(given.get(i))) {
        return false;
      }
    }
    return true;
  }

  private Optional<Map<String, String>> parts(List<String> given) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String want = wanted.get(i);
      if (want.startsWith("{")) {
        String value = decode(given.get(i));
        if (value.isEmpty()) {
          return Optional.empty();
        }
        parts.put(want.substring(1, want.length() - 1), value);
      }
    }
    return Optional.of(parts);
  }

  boolean serves(String requested) {
    return method.equals("*")
        || method.equals(requested)
        || (method.equals("GET") && requested.equals("HEAD"));
  }

  private static String decode(String segment) {
    // A plus in a path is a plus (RFC 3986); the decoder knows only form encoding.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
