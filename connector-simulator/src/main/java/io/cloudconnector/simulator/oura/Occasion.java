package io.cloudconnector.simulator.oura;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * What stays the same about a document when it is written anew.
 *
 * @param day the person's local day; of a night, the one of waking up
 * @param from when it began; of a daily document, that day's midnight
 */
record Occasion(OuraType type, String id, LocalDate day, OffsetDateTime from, OffsetDateTime to) {
  static Occasion daily(OuraType type, String id, LocalDate day, ZoneOffset offset) {
    OffsetDateTime midnight = day.atTime(LocalTime.MIDNIGHT).atOffset(offset);
    return new Occasion(type, id, day, midnight, midnight.plusDays(1));
  }

  static Occasion night(String id, OffsetDateTime asleep, OffsetDateTime awake) {
    return new Occasion(OuraType.SLEEP, id, awake.toLocalDate(), asleep, awake);
  }

  static Occasion moment(OuraType type, String id, OffsetDateTime from, OffsetDateTime to) {
    return new Occasion(type, id, from.toLocalDate(), from, to);
  }

  Duration length() {
    return Duration.between(from, to);
  }
}
