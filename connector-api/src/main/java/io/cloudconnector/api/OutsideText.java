package io.cloudconnector.api;

/**
 * Checks of texts that come from outside and are stored, logged or put into a URL. Written as loops
 * since every webhook goes through several of them.
 */
final class OutsideText {
  private static final int LONGEST_SEGMENT = 256;
  private static final String SIGNS = "._~:@!$&'()*+,;=-";

  private OutsideText() {}

  static String segment(String what, String text) {
    boolean onlyDots = true;
    boolean safe = !text.isEmpty() && text.length() <= LONGEST_SEGMENT;
    for (int i = 0; safe && i < text.length(); i++) {
      char c = text.charAt(i);
      safe = isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0;
      onlyDots &= c == '.';
    }
    if (!safe || onlyDots) {
      throw new IllegalArgumentException(
          what
              + " is not safe in a URL path: 1 to 256 letters, digits and ._~:@!$&'()*+,;=- and not only dots");
    }
    return text;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  static String line(String what, int longest, String text) {
    boolean plain = !text.isEmpty() && text.length() <= longest;
    for (int i = 0; plain && i < text.length(); i++) {
      plain = !Character.isISOControl(text.charAt(i));
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "%s has 1 to %d characters and no control characters".formatted(what, longest));
    }
    return whole(what, text);
  }

  /** Half a character has no UTF-8: it cannot be stored, or comes back as another. */
  static String whole(String what, String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException(what + " has half a character (a lone surrogate)");
      }
    }
    return text;
  }
}
