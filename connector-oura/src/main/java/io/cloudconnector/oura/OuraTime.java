package io.cloudconnector.oura;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * Oura's times: with an offset, in UTC, without any zone, or days. What has no zone is in the
 * person's, which nobody tells; so it stands for all moments that it may mean.
 */
record OuraTime(Instant earliest, Instant latest) {
  private static final ZoneOffset EASTERNMOST = ZoneOffset.ofHours(14);
  private static final ZoneOffset WESTERNMOST = ZoneOffset.ofHours(-12);

  private static final DateTimeFormatter LENIENT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHmm", "Z")
          .toFormatter();

  /** Empty for what is no time. */
  static Optional<OuraTime> of(String text) {
    return read(text)
        .map(
            time ->
                switch (time) {
                  case OffsetDateTime exact -> new OuraTime(exact.toInstant(), exact.toInstant());
                  case LocalDateTime local ->
                      new OuraTime(local.toInstant(EASTERNMOST), local.toInstant(WESTERNMOST));
                  default -> ofDay(LocalDate.from(time));
                });
  }

  private static OuraTime ofDay(LocalDate day) {
    return new OuraTime(
        day.atStartOfDay().toInstant(EASTERNMOST),
        day.plusDays(1).atStartOfDay().toInstant(WESTERNMOST).minusNanos(1));
  }

  /** A moment that is known to be in UTC where it names no zone; empty for what is no moment. */
  static Optional<Instant> utc(String text) {
    return read(text)
        .flatMap(
            time ->
                switch (time) {
                  case OffsetDateTime exact -> Optional.of(exact.toInstant());
                  case LocalDateTime local -> Optional.of(local.toInstant(ZoneOffset.UTC));
                  default -> Optional.empty();
                });
  }

  /** The day that a text names, or the local day of the moment that it names. */
  static Optional<LocalDate> day(String text) {
    return read(text).map(LocalDate::from);
  }

  private static Optional<TemporalAccessor> read(String text) {
    try {
      return Optional.of(
          LENIENT.parseBest(
              text.strip().replace(' ', 'T'),
              OffsetDateTime::from,
              LocalDateTime::from,
              LocalDate::from));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /** The first day that a moment may be in, wherever the person is. */
  static LocalDate firstDay(Instant moment) {
    return LocalDate.ofInstant(moment, WESTERNMOST);
  }

  /** The last day that a moment may be in, wherever the person is. */
  static LocalDate lastDay(Instant moment) {
    return LocalDate.ofInstant(moment, EASTERNMOST);
  }
}
