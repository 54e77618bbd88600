package io.cloudconnector.oura;

import io.cloudconnector.core.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The time that a document is of, as far as it tells: a night, a workout, a day. Both ends are
 * inclusive and rather too far out than too close; an end that is empty is not known, or still to
 * come.
 */
record OuraSpan(Optional<Instant> from, Optional<Instant> to) {
  private static final List<String> STARTS =
      List.of("/bedtime_start", "/start_datetime", "/start_time", "/start_day", "/day");

  private static final List<String> ENDS =
      List.of("/bedtime_end", "/end_datetime", "/end_time", "/end_day");

  private static final List<String> DAYS = List.of("/day", "/start_day");

  /** Members that are there without a value as long as something goes on. */
  private static final List<String> OPEN = List.of("/end_time", "/end_day");

  static OuraSpan of(Json document) {
    Optional<OuraTime> start = first(document, STARTS);
    Optional<OuraTime> end = first(document, ENDS);
    boolean open = OPEN.stream().anyMatch(place -> isNull(document, place));
    return new OuraSpan(
        start.map(OuraTime::earliest),
        // Of one that names no end, the whole day counts, and not only the moment of its start.
        end.or(() -> open ? Optional.empty() : first(document, DAYS)).map(OuraTime::latest));
  }

  private static Optional<OuraTime> first(Json document, List<String> places) {
    return places.stream()
        .flatMap(place -> document.find(place).stream())
        .filter(Json::isText)
        .flatMap(text -> OuraTime.of(text.text()).stream())
        .findFirst();
  }

  private static boolean isNull(Json document, String place) {
    return document.isObject()
        && document.members().getOrDefault(place.substring(1), document).isNull();
  }

  /** Whether any of it may be in a span of time. One that tells no time may be in any. */
  boolean touches(Instant begin, Instant end) {
    return from.map(start -> start.isBefore(end)).orElse(true)
        && to.map(last -> !last.isBefore(begin)).orElse(true);
  }

  /** The day that Oura counts a document to; of a night, that of waking up. */
  static Optional<LocalDate> day(Json document) {
    return DAYS.stream()
        .flatMap(place -> document.find(place).stream())
        .filter(Json::isText)
        .flatMap(text -> OuraTime.day(text.text()).stream())
        .findFirst();
  }
}
