package io.cloudconnector.host.config;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:-default}} from the environment; the default also stands
 * in for an empty variable, as in a shell. <code>$${</code> means <code>${</code> itself. What was
 * filled in is not looked at again.
 */
final class Placeholders {
  private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern INSIDE =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(:-(.*))?", Pattern.DOTALL);

  private final Map<String, String> environment;

  Placeholders(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  String fill(String text) {
    return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place)));
  }

  private String value(MatchResult place) {
    if (place.group().equals("$${")) {
      return "${";
    }
    Matcher inside = INSIDE.matcher(place.group(1));
    if (place.group(2).isEmpty() || !inside.matches()) {
      throw new BadValueException(
          "has a ${ that is no ${NAME} and no ${NAME:-default}",
          "complete it, or write $${ for the two characters themselves");
    }
    return variable(inside.group(1), inside.group(3));
  }

  private String variable(String name, @Nullable String fallback) {
    String value = environment.get(name);
    if (fallback != null) {
      return value == null || value.isEmpty() ? fallback : value;
    }
    if (value == null) {
      throw new BadValueException(
          "takes the environment variable " + name + ", which is not set",
          "set it before the start, or write ${" + name + ":-default}");
    }
    return value;
  }
}
