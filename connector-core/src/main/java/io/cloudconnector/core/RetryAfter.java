package io.cloudconnector.core;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long an answer asks us to wait. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private RetryAfter() {}

  /**
   * The {@code Retry-After} header (RFC 9110 10.2.3), seconds or a date; else until the last used
   * up limit is reset.
   */
  static Optional<Duration> in(HttpReply reply, List<LimitReading> readings, Instant now) {
    return reply
        .header("Retry-After")
        .flatMap(text -> header(text, now))
        .or(() -> reset(readings).map(at -> between(now, at)));
  }

  private static Optional<Duration> header(String text, Instant now) {
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      ZonedDateTime at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(between(now, at.toInstant()));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> reset(List<LimitReading> readings) {
    return readings.stream()
        .filter(reading -> reading.remaining() <= 0)
        .map(LimitReading::resetAt)
        .max(Comparator.naturalOrder());
  }

  private static Duration between(Instant now, Instant at) {
    return at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
  }
}
