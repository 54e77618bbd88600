package io.cloudconnector.simulator.oura;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The scopes that Oura knows today, which are more than its documents list. Names may be asked for
 * with or without the prefix; unknown ones are dropped without a word; who names none gets all.
 */
final class OuraScopes {
  static final String PREFIX = "extapi:";

  static final List<String> ALL =
      List.of(
          "email",
          "personal",
          "daily",
          "heartrate",
          "tag",
          "workout",
          "session",
          "spo2",
          "ring_configuration",
          "stress",
          "heart_health");

  private OuraScopes() {}

  static Set<String> known(Set<String> asked) {
    if (asked.isEmpty()) {
      return new LinkedHashSet<>(ALL);
    }
    Set<String> known = new LinkedHashSet<>();
    asked.stream().map(OuraScopes::plain).filter(ALL::contains).forEach(known::add);
    return known;
  }

  private static String plain(String scope) {
    String name = scope.startsWith(PREFIX) ? scope.substring(PREFIX.length()) : scope;
    // The documents still list the old name.
    return name.equals("spo2Daily") ? "spo2" : name;
  }
}
