package io.cloudconnector.api;

import java.util.regex.Pattern;

/** Checks of texts that come from outside and are stored, logged or put into a URL. */
final class OutsideText {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~:@!$&'()*+,;=-]{1,256}");
  private static final Pattern ONLY_DOTS = Pattern.compile("\\.+");

  private OutsideText() {}

  static String segment(String what, String text) {
    if (!SEGMENT.matcher(text).matches() || ONLY_DOTS.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what
              + " is not safe in a URL path: 1 to 256 letters, digits and ._~:@!$&'()*+,;=- and not only dots");
    }
    return text;
  }

  static String line(String what, int longest, String text) {
    boolean plain = text.chars().noneMatch(Character::isISOControl);
    if (text.isEmpty() || text.length() > longest || !plain) {
      throw new IllegalArgumentException(
          "%s has 1 to %d characters and no control characters".formatted(what, longest));
    }
    return whole(what, text);
  }

  /** Half a character has no UTF-8: it cannot be stored, or comes back as another. */
  static String whole(String what, String text) {
    if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      throw new IllegalArgumentException(what + " has half a character (a lone surrogate)");
    }
    return text;
  }
}
