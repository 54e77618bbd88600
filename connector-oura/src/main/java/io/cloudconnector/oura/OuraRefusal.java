package io.cloudconnector.oura;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why Oura does not take what it was asked (422): {@code detail} is a list of {@code loc}, {@code
 * msg} and {@code type}, or a plain text.
 */
final class OuraRefusal {
  private static final int UNPROCESSABLE = 422;
  private static final int LONGEST = 200;
  private static final int MOST = 3;

  /** Where such messages repeat what they were given. */
  private static final Pattern QUOTED = Pattern.compile("'[^']*'?|\"[^\"]*\"?");

  private OuraRefusal() {}

  /** In few words and without what was asked; empty where there are none. */
  static Optional<String> reason(HttpReply reply) {
    if (reply.status() != UNPROCESSABLE) {
      return Optional.empty();
    }
    try {
      return Json.parse(reply.body())
          .find("/detail")
          .map(OuraRefusal::words)
          .map(OuraRefusal::shown)
          .filter(words -> !words.isBlank());
    } catch (JsonException noReason) {
      return Optional.empty();
    }
  }

  private static String words(Json detail) {
    return detail.isText()
        ? detail.text()
        : detail.elements().stream()
            .limit(MOST)
            .map(OuraRefusal::fault)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining("; "));
  }

  private static String fault(Json fault) {
    String place =
        fault.find("/loc").filter(Json::isArray).stream()
            .flatMap(loc -> loc.elements().stream())
            .filter(Json::isText)
            .map(Json::text)
            .collect(Collectors.joining("."));
    return Stream.of(place, fault.find("/msg").filter(Json::isText).map(Json::text).orElse(""))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private static String shown(String words) {
    String shown = QUOTED.matcher(words).replaceAll("***").replaceAll("\\p{Cntrl}", " ");
    return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
  }
}
