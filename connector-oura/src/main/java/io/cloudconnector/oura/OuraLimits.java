package io.cloudconnector.oura;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads Oura's limit headers, which come with a 429 and only then: {@code X-RateLimit-Window} in
 * seconds, {@code X-RateLimit-Reset} as a time in seconds since 1970-01-01T00:00Z, and {@code
 * X-RateLimit-Tier}, which tells whether the limit of one token or of the application was reached.
 */
final class OuraLimits {
  private static final int TOO_MANY = 429;
  private static final Pattern WINDOW = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern EPOCH = Pattern.compile("[0-9]{1,11}");

  /** The words that the tier of a token may be told in; Oura does not list them. */
  private static final Pattern ONE_PERSON = Pattern.compile("token|user|member");

  private OuraLimits() {}

  /** At most one reading, with nothing left. */
  static List<LimitReading> read(HttpReply reply) {
    if (reply.status() != TOO_MANY) {
      return List.of();
    }
    return number(reply, "X-RateLimit-Reset", EPOCH)
        .map(Instant::ofEpochSecond)
        .map(reset -> reading(reply, reset))
        .map(reading -> isOfOnePerson(reply) ? reading.perConnection() : reading)
        .map(List::of)
        .orElse(List.of());
  }

  private static LimitReading reading(HttpReply reply, Instant reset) {
    return number(reply, "X-RateLimit-Window", WINDOW)
        .map(Duration::ofSeconds)
        .map(window -> LimitReading.of(window, 0, reset))
        .orElseGet(() -> LimitReading.of(0, reset));
  }

  private static Optional<Long> number(HttpReply reply, String header, Pattern form) {
    return reply
        .header(header)
        .map(String::strip)
        .filter(text -> form.matcher(text).matches())
        .map(Long::valueOf);
  }

  /** A tier that cannot be read is the application's: too much silence loses nothing. */
  private static boolean isOfOnePerson(HttpReply reply) {
    return reply
        .header("X-RateLimit-Tier")
        .filter(tier -> ONE_PERSON.matcher(tier.toLowerCase(Locale.ROOT)).find())
        .isPresent();
  }
}
