package io.cloudconnector.whoop;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads WHOOP's limit headers (developer.whoop.com/docs/developing/rate-limiting). {@code
 * X-RateLimit-Limit: 100, 100;window=60, 10000;window=86400} begins with the limit that is closest
 * to being reached, and that is the one {@code X-RateLimit-Remaining} and {@code X-RateLimit-Reset}
 * (seconds from now) speak of.
 */
final class WhoopLimits {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final Pattern CLOSEST = Pattern.compile("\\s*([0-9]{1,9})\\s*(?:,.*)?");
  private static final Pattern WINDOW =
      Pattern.compile(",\\s*([0-9]{1,9})\\s*;\\s*window\\s*=\\s*([1-9][0-9]{0,8})(?=\\s*(?:,|$))");

  private WhoopLimits() {}

  /** At most one reading; none where the headers are absent or say something else. */
  static List<LimitReading> read(HttpReply reply, Instant now) {
    OptionalInt remaining = number(reply.header("X-RateLimit-Remaining"));
    OptionalInt reset = number(reply.header("X-RateLimit-Reset"));
    if (remaining.isEmpty() || reset.isEmpty()) {
      return List.of();
    }
    int left = remaining.getAsInt();
    Instant resetAt = now.plusSeconds(reset.getAsInt());
    LimitReading reading =
        reply
            .header("X-RateLimit-Limit")
            .flatMap(WhoopLimits::window)
            .map(window -> LimitReading.of(window, left, resetAt))
            .orElseGet(() -> LimitReading.of(left, resetAt));
    return List.of(reading);
  }

  private static OptionalInt number(Optional<String> text) {
    return text.map(String::strip)
        .filter(digits -> NUMBER.matcher(digits).matches())
        .map(digits -> OptionalInt.of(Integer.parseInt(digits)))
        .orElse(OptionalInt.empty());
  }

  /** The window of the closest limit; empty when two windows have the same number of calls. */
  private static Optional<Duration> window(String header) {
    Matcher closest = CLOSEST.matcher(header);
    if (!closest.matches()) {
      return Optional.empty();
    }
    List<Duration> windows =
        WINDOW
            .matcher(header)
            .results()
            .filter(entry -> entry.group(1).equals(closest.group(1)))
            .map(entry -> Duration.ofSeconds(Long.parseLong(entry.group(2))))
            .toList();
    return windows.size() == 1 ? Optional.of(windows.getFirst()) : Optional.empty();
  }
}
