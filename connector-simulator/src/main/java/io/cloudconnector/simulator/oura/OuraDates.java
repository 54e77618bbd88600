package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.SimulatedRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.function.Function;

/** The stretch of time that a request asks for, read by the person's clock. */
final class OuraDates {
  /** With a zone or without one. */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_DATE_TIME;

  private final SimulatedRequest request;
  private final ZoneOffset offset;

  OuraDates(SimulatedRequest request, ZoneOffset offset) {
    this.request = request;
    this.offset = offset;
  }

  /** From one local time to before another. */
  record Stretch(LocalDateTime from, LocalDateTime to) {
    boolean holds(LocalDateTime place) {
      return !place.isBefore(from) && place.isBefore(to);
    }
  }

  /** From one instant to before another. */
  record Span(Instant from, Instant to) {}

  /**
   * By {@code start_date} and {@code end_date}; without them, what Oura takes for the last day.
   *
   * @param lastDayInside whether an end without a time of day means the end of that day
   */
  Stretch days(LocalDate today, boolean lastDayInside) {
    LocalDateTime to =
        parameter("end_date", text -> end(text, lastDayInside))
            .orElse(lastDayInside ? today.plusDays(1).atStartOfDay() : today.atStartOfDay());
    LocalDateTime from =
        parameter("start_date", this::local).orElse(to.toLocalDate().minusDays(1).atStartOfDay());
    if (from.isAfter(to)) {
      throw OuraReplies.refusal(400);
    }
    return new Stretch(from, to);
  }

  private LocalDateTime end(String text, boolean lastDayInside) {
    LocalDateTime midnight = local(text);
    return lastDayInside && isDate(text) ? midnight.plusDays(1) : midnight;
  }

  private LocalDateTime local(String text) {
    return isDate(text) ? LocalDate.parse(text).atStartOfDay() : localTime(text);
  }

  private static boolean isDate(String text) {
    return text.length() == "2026-11-20".length();
  }

  private LocalDateTime localTime(String text) {
    return LocalDateTime.ofInstant(instant(text), offset);
  }

  /** By {@code start_datetime} and {@code end_datetime}; without them, the last day. */
  Span times(Instant now) {
    Instant to = parameter("end_datetime", this::instant).orElse(now);
    Instant from =
        parameter("start_datetime", this::instant).orElseGet(() -> to.minus(Duration.ofDays(1)));
    if (from.isAfter(to)) {
      throw OuraReplies.refusal(400);
    }
    return new Span(from, to);
  }

  private Instant instant(String text) {
    TemporalAccessor read = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return read instanceof LocalDateTime local ? local.toInstant(offset) : Instant.from(read);
  }

  private <T> Optional<T> parameter(String name, Function<String, T> parser) {
    return request.query(name).map(text -> parse(name, text, parser));
  }

  private static <T> T parse(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (DateTimeException _) {
      throw OuraReplies.invalid(
          "query", name, "Input should be a valid date or datetime", "datetime_from_date_parsing");
    }
  }
}
