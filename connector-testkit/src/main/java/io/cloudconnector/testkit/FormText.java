package io.cloudconnector.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text of the kind {@code a=1&b=2}, as in queries and forms. */
final class FormText {
  private FormText() {}

  /** The first value of a name, decoded. */
  static Optional<String> first(String text, String name) {
    return Stream.of(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> decoded(pair[0]).equals(name))
        .map(pair -> pair.length == 2 ? decoded(pair[1]) : "")
        .findFirst();
  }

  /** The value of a name, decoded; empty where it is missing or stands there more than once. */
  static Optional<String> only(String text, String name) {
    long times =
        Stream.of(text.split("&", -1))
            .filter(pair -> decoded(pair.split("=", 2)[0]).equals(name))
            .count();
    return times == 1 ? first(text, name) : Optional.empty();
  }

  /** Every name with its first value, decoded. */
  static Map<String, String> all(String text) {
    return Stream.of(text.split("&", -1))
        .map(pair -> decoded(pair.split("=", 2)[0]))
        .distinct()
        .collect(Collectors.toMap(name -> name, name -> first(text, name).orElseThrow()));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
