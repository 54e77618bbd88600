package io.cloudconnector.host.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, without those that stand there more than once. A part that cannot be
 * decoded is left out; where only its value cannot, its name still counts as given.
 */
final class QueryText {
  private QueryText() {}

  static Map<String, String> parse(@Nullable String query) {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    if (query == null) {
      return Map.of();
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      decode(name)
          .ifPresent(n -> parameters.merge(n, decode(value), (first, second) -> Optional.empty()));
    }
    return parameters.entrySet().stream()
        .filter(each -> each.getValue().isPresent())
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().orElseThrow()));
  }

  private static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformedEscape) {
      return Optional.empty();
    }
  }
}
