package io.cloudconnector.simulator.oura;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** The time series that Oura keeps: rows without ids, of which no webhook tells. */
enum OuraSeries {
  HEARTRATE("heartrate", Duration.ofMinutes(5)),
  RING_BATTERY_LEVEL("ring_configuration", Duration.ofMinutes(30));

  private final String scope;
  private final Duration interval;

  OuraSeries(String scope, Duration interval) {
    this.scope = scope;
    this.interval = interval;
  }

  String scope() {
    return scope;
  }

  /** From one row to the next. */
  Duration interval() {
    return interval;
  }

  /** Oura's own word, as in addresses. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static OuraSeries named(String word) {
    return Stream.of(values())
        .filter(series -> series.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(word)));
  }

  private static String unknown(String word) {
    String known = Stream.of(values()).map(OuraSeries::word).collect(joining(", "));
    return "Oura keeps no series '" + word + "'; it keeps " + known;
  }
}
