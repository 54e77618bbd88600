package io.cloudconnector.oura;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The names of Oura's scopes. Tokens tell them with a prefix ({@code extapi:daily}); and one has two
 * names: {@code spo2Daily} in the documentation, {@code spo2} where the API checks it.
 */
final class OuraScopes {
  static final String SPO2 = "spo2";
  static final String SPO2_AS_DOCUMENTED = "spo2Daily";

  private static final String PREFIX = "extapi:";

  private OuraScopes() {}

  /**
   * Turns what a token tells into the name that was asked for, so that nobody takes one scope for
   * another that is missing.
   */
  static UnaryOperator<String> asAsked(Set<String> asked) {
    return granted ->
        asked.stream()
            .filter(name -> canonical(name).equals(canonical(granted)))
            .sorted()
            .findFirst()
            .orElseGet(() -> canonical(granted));
  }

  static String canonical(String name) {
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return bare.equals(SPO2_AS_DOCUMENTED) ? SPO2 : bare;
  }
}
