package io.cloudconnector.simulator.oura;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The ways in which Oura writes times. */
final class OuraTime {
  private static final DateTimeFormatter LOCALIZED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter UTC_MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter UTC_SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SORTABLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");

  private OuraTime() {}

  /** Always of one length, so that texts sort as the times do. */
  static String sortable(LocalDateTime time) {
    return SORTABLE.format(time);
  }

  /** With the person's offset. */
  static String localized(OffsetDateTime time) {
    return LOCALIZED.format(time);
  }

  /** The person's clock, without any zone. */
  static String local(OffsetDateTime time) {
    return LOCAL.format(time);
  }

  static String utc(Instant time) {
    return UTC.format(time);
  }

  /** UTC, though it does not say so: as subscriptions tell when they expire. */
  static String zoneless(Instant time) {
    boolean whole = time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    return (whole ? UTC_SECONDS : UTC_MICROS).format(time);
  }

  /** As webhooks tell when something happened. */
  static String ofEvent(Instant time) {
    return zoneless(time) + "+00:00";
  }
}
