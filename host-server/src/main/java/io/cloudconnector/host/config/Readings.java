package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the plain kinds of values are read. Nothing is coerced, and no fault quotes the value. */
final class Readings {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhd])");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6})(MB|GB|TB)");
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]+");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");
  private static final String STANDARD_WEBHOOKS = "whsec_";

  private Readings() {}

  static String text(String text) {
    if (text.isBlank()) {
      throw new BadValueException("is empty", "give it a value, or leave the key out");
    }
    if (!text.equals(text.strip())) {
      throw new BadValueException("begins or ends with white space", "remove that");
    }
    return text;
  }

  static Secret secret(String text) {
    return Secret.of(text(text));
  }

  /** A key that callers send in a header. */
  static Secret apiKey(String text) {
    if (!HEADER_SAFE.matcher(text(text)).matches()) {
      throw new BadValueException(
          "has characters that no header can carry", "use visible ASCII without blanks");
    }
    return Secret.of(text);
  }

  /** A secret of Standard Webhooks: {@code whsec_} and base64. */
  static Secret standardWebhooksSecret(String text) {
    String form = "write whsec_ and the base64 of 24 to 64 random bytes";
    if (!text.startsWith(STANDARD_WEBHOOKS)) {
      throw new BadValueException("does not start with whsec_", form);
    }
    try {
      if (Base64.getDecoder().decode(text.substring(STANDARD_WEBHOOKS.length())).length == 0) {
        throw new BadValueException("has nothing after whsec_", form);
      }
    } catch (IllegalArgumentException _) {
      throw new BadValueException("has no base64 after whsec_", form);
    }
    return Secret.of(text);
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadValueException("is neither true nor false", "write true or false");
    };
  }

  /** 0 for any free one. */
  static int port(String text) {
    return wholeNumber(text, 0, 65_535, "8080");
  }

  static int positive(String text) {
    return wholeNumber(text, 1, Integer.MAX_VALUE, "100");
  }

  static int wholeNumber(String text, int least, int most, String example) {
    if (WHOLE_NUMBER.matcher(text).matches()) {
      int number = Integer.parseInt(text);
      if (least <= number && number <= most) {
        return number;
      }
    }
    throw new BadValueException(
        "is not a whole number "
            + (most == Integer.MAX_VALUE ? "above 0" : "from " + least + " to " + most),
        "write one such as " + example);
  }

  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new BadValueException(whyNoDuration(text), "write one such as 90s, 15m, 6h or 30d");
    }
    long count = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw new BadValueException("is longer than a century", "write one such as 30d");
    }
    return duration;
  }

  private static String whyNoDuration(String text) {
    if (text.startsWith("-")) {
      return "is negative";
    }
    return WHOLE_NUMBER.matcher(text).matches() ? "has no unit" : "is no duration";
  }

  static Duration longerThanNothing(String text) {
    Duration duration = duration(text);
    if (duration.isZero()) {
      throw new BadValueException("is no time at all", "write one such as 60s");
    }
    return duration;
  }

  /** Bytes; a megabyte is a million of them. */
  static long size(String text) {
    Matcher matcher = SIZE.matcher(text);
    String form = "write one such as 500MB, 10GB or 1TB";
    if (!matcher.matches()) {
      String what = WHOLE_NUMBER.matcher(text).matches() ? "has no unit" : "is no size";
      throw new BadValueException(what, form);
    }
    long count = Long.parseLong(matcher.group(1));
    if (count == 0) {
      throw new BadValueException("would keep nothing", form);
    }
    return switch (matcher.group(2)) {
      case "MB" -> count * 1_000_000L;
      case "GB" -> count * 1_000_000_000L;
      default -> count * 1_000_000_000_000L;
    };
  }

  static ConnectorSettings.Tolerance tolerance(String text) {
    if (text.equals("off")) {
      return ConnectorSettings.Tolerance.off();
    }
    Duration window = duration(text);
    if (window.isZero()) {
      throw new BadValueException(
          "would refuse every webhook", "write off to switch the check off, or one such as 2h");
    }
    return ConnectorSettings.Tolerance.within(window);
  }

  /** A name or an address to listen on. */
  static String host(String text) {
    if (!HOST.matcher(text).matches()) {
      throw new BadValueException(
          "is no host name or address", "write 127.0.0.1, or 0.0.0.0 for all addresses");
    }
    return text;
  }

  static VendorType vendor(String text) {
    try {
      return new VendorType(text);
    } catch (IllegalArgumentException _) {
      throw new BadValueException(
          "is no vendor name", "use 1 to 32 of a-z and 0-9, starting with a letter");
    }
  }
}
