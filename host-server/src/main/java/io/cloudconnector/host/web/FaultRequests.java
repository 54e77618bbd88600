package io.cloudconnector.host.web;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.DeadLetterKind;
import io.cloudconnector.host.store.QuarantineKind;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What requests about dead letters and quarantine say: which ones, and why. */
final class FaultRequests {
  private static final int LONGEST_REASON = 500;

  private FaultRequests() {}

  /** Those that a list is to show. */
  static DeadLetterKind deadLetters(Exchange exchange) {
    return deadLetters(exchange::query);
  }

  /** Those that a list is to show. */
  static QuarantineKind quarantine(Exchange exchange) {
    return quarantine(exchange::query);
  }

  /** Those that are to be replayed: at least of one vendor, or all in so many words. */
  static DeadLetterKind deadLettersToReplay(Exchange exchange) {
    JsonNode json = exchange.json("vendor", "resourceType", "userId", "why", "all");
    return all(json) ? DeadLetterKind.ALL : deadLetters(name -> Values.optionalText(json, name));
  }

  /** Those that are to be replayed: at least of one vendor, or all in so many words. */
  static QuarantineKind quarantineToReplay(Exchange exchange) {
    JsonNode json = exchange.json("vendor", "why", "all");
    return all(json) ? QuarantineKind.ALL : quarantine(name -> Values.optionalText(json, name));
  }

  /** Nobody replays everything by leaving a word out. */
  private static boolean all(JsonNode json) {
    JsonNode all = json.get("all");
    if (all == null) {
      Values.text(json, "vendor");
      return false;
    }
    if (!all.isBoolean() || !all.asBoolean() || json.size() > 1) {
      throw ProblemException.badRequest(
          "say either {\"all\": true} and nothing else, or name a 'vendor'");
    }
    return true;
  }

  private static DeadLetterKind deadLetters(Function<String, Optional<String>> given) {
    return new DeadLetterKind(
        vendor(given),
        text(given, "resourceType"),
        given.apply("userId").map(Values::userId),
        text(given, "why"));
  }

  private static QuarantineKind quarantine(Function<String, Optional<String>> given) {
    return new QuarantineKind(vendor(given), text(given, "why"));
  }

  static Optional<VendorType> vendor(Function<String, Optional<String>> given) {
    return given
        .apply("vendor")
        .map(
            name ->
                Values.vendor(name)
                    .orElseThrow(
                        () ->
                            ProblemException.badRequest(
                                "'vendor' is no vendor's name; GET /v1/connectors lists them")));
  }

  /** PostgreSQL takes no NUL in text, and nothing that is kept has one. */
  private static Optional<String> text(Function<String, Optional<String>> given, String name) {
    Optional<String> text = given.apply(name);
    if (text.filter(value -> value.isEmpty() || value.indexOf('\0') >= 0).isPresent()) {
      throw ProblemException.badRequest("'" + name + "' must be as it is listed");
    }
    return text;
  }

  /** Why something is discarded, for the log, where a line break would pass for another line. */
  static String reason(Exchange exchange) {
    String reason = exchange.query("reason").map(String::strip).orElse("");
    if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.badRequest(
          "'reason' is one line of at most " + LONGEST_REASON + " characters");
    }
    return reason.isEmpty() ? "no reason given" : reason;
  }
}
