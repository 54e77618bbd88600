package io.cloudconnector.oura;

import java.util.Set;
import java.util.TreeSet;

/**
 * The names of Oura's scopes. Tokens tell them with a prefix ({@code extapi:daily}); and one has
 * two names: {@code spo2Daily} in the documentation, {@code spo2} where the API checks it.
 */
final class OuraScopes {
  static final String SPO2 = "spo2";

  private static final String SPO2_AS_DOCUMENTED = "spo2Daily";
  private static final String PREFIX = "extapi:";

  private OuraScopes() {}

  /**
   * What a granted scope is called: by the descriptor, and by whoever asked for it under another
   * name.
   */
  static Set<String> names(String granted, Set<String> asked) {
    String name = canonical(granted);
    Set<String> names = new TreeSet<>(asked);
    names.removeIf(other -> !canonical(other).equals(name));
    names.add(name);
    return names;
  }

  private static String canonical(String name) {
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    return bare.equals(SPO2_AS_DOCUMENTED) ? SPO2 : bare;
  }
}
