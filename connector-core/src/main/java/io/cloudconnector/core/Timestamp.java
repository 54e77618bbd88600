package io.cloudconnector.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The header in which a vendor says when it sent a webhook, and how to read it.
 *
 * @param reader empty for what is no time
 */
record Timestamp(String header, Function<String, Optional<Instant>> reader) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

  /** Later than this many seconds is the year 5138; an epoch this large counts milliseconds. */
  private static final long MOST_SECONDS = 100_000_000_000L;

  static Optional<Instant> millis(String text) {
    return number(text).map(Instant::ofEpochMilli);
  }

  static Optional<Instant> seconds(String text) {
    return number(text).map(Instant::ofEpochSecond);
  }

  static Optional<Instant> guess(String text) {
    Optional<Long> number = number(text);
    if (number.isPresent()) {
      return number.get() < MOST_SECONDS ? seconds(text) : millis(text);
    }
    try {
      return Optional.of(iso(text));
    } catch (DateTimeException notIso) {
      return Optional.empty();
    }
  }

  /** Without a zone it is UTC: nobody signs a header in the reader's local time. */
  private static Instant iso(String text) {
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return time instanceof OffsetDateTime zoned
        ? zoned.toInstant()
        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
  }

  private static Optional<Long> number(String text) {
    return DIGITS.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
