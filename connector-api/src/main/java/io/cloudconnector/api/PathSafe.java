package io.cloudconnector.api;

import java.util.regex.Pattern;

/** What may stand in a URL path as one segment, whatever wrote it. */
final class PathSafe {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~:@!$&'()*+,;=-]{1,256}");
  private static final Pattern ONLY_DOTS = Pattern.compile("\\.+");

  private PathSafe() {}

  static String segment(String what, String text) {
    if (!SEGMENT.matcher(text).matches() || ONLY_DOTS.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what
              + " is not safe in a URL path: 1 to 256 letters, digits and ._~:@!$&'()*+,;=- and not only dots");
    }
    return text;
  }
}
