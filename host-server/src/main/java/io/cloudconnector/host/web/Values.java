package io.cloudconnector.host.web;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads values out of requests; what is wrong is told by the value's name. */
final class Values {
  private static final Pattern VENDOR = Pattern.compile("[a-z][a-z0-9]{0,31}");
  private static final int USER_ID_MAX = 256;
  private static final Duration UNTIL_RESTARTED = Duration.ofMinutes(1);

  /** What a path cannot hold, however it is encoded (RFC 3986 5.2.4). */
  private static final Set<String> DOTS = Set.of(".", "..");

  private Values() {}

  /** One that should be running and is not is a fault of ours, and the caller comes back. */
  static RunningConnector connector(RunningConnectors connectors, String name) {
    VendorType vendor = vendor(name).orElseThrow(Values::unknownConnector);
    return connectors
        .find(vendor)
        .orElseThrow(
            () ->
                connectors.missing().containsKey(vendor) ? missingConnector() : unknownConnector());
  }

  private static ProblemException unknownConnector() {
    return new ProblemException(
        404,
        "unknown-connector",
        "no connector of that name is running; GET /v1/connectors lists them");
  }

  private static ProblemException missingConnector() {
    return new ProblemException(
        503,
        "missing-connector",
        "the connector of that name is configured but not running; GET /v1/connectors tells why",
        Optional.of(UNTIL_RESTARTED));
  }

  /** A vendor's name; one that cannot be any is simply unknown. */
  static Optional<VendorType> vendor(String name) {
    return VENDOR.matcher(name).matches() ? Optional.of(new VendorType(name)) : Optional.empty();
  }

  static String userId(String text) {
    if (text.isEmpty()
        || text.length() > USER_ID_MAX
        || DOTS.contains(text)
        // Half a character becomes a question mark on its way into a database: two people in one.
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)
        || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.badRequest(
          "userId has 1 to "
              + USER_ID_MAX
              + " characters, all of them whole, no control characters, and is not . or ..");
    }
    return text;
  }

  static String text(JsonNode json, String name) {
    return optionalText(json, name)
        .orElseThrow(() -> ProblemException.badRequest("'" + name + "' is missing"));
  }

  static Optional<String> optionalText(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw ProblemException.badRequest("'" + name + "' must be a string");
    }
    return Optional.of(StorableText.of(name, value.asString()));
  }

  static Map<String, String> texts(JsonNode json, String name) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      return texts;
    }
    if (!value.isObject()) {
      throw ProblemException.badRequest("'" + name + "' must be an object of strings");
    }
    value
        .propertyNames()
        .forEach(key -> texts.put(StorableText.of("a name in " + name, key), text(value, key)));
    return texts;
  }

  /** A whole number of a query parameter, within bounds. */
  static int number(Exchange exchange, String name, int fallback, int least, int most) {
    Optional<String> text = exchange.query(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw outOfBounds(name, least, most, e);
    }
    throw outOfBounds(name, least, most, null);
  }

  private static ProblemException outOfBounds(
      String name, int least, int most, @Nullable Exception cause) {
    ProblemException problem =
        ProblemException.badRequest(
            "'%s' must be a whole number from %d to %d".formatted(name, least, most));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }

  /** The id in a path; what is no number is no id. */
  static long id(Exchange exchange) {
    try {
      return Long.parseLong(exchange.path("id"));
    } catch (NumberFormatException e) {
      throw ProblemException.notFound("there is none of that id");
    }
  }

  /** The id after which a list goes on; 0 for its start. */
  static long after(Exchange exchange) {
    String text = exchange.query("after").orElse("0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ProblemException.badRequest("'after' is no id of this list; use 'next' of a page");
    }
  }

  static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
