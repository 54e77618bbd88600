package io.cloudconnector.simulator.oura;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.stream.Stream;

/** The types of document that Oura keeps, with the scope that each needs. */
enum OuraType {
  TAG("tag", Form.MOMENT),
  ENHANCED_TAG("tag", Form.MOMENT),
  WORKOUT("workout", Form.MOMENT),
  SESSION("session", Form.MOMENT),
  SLEEP("daily", Form.NIGHT),
  SLEEP_TIME("daily", Form.DAY),
  REST_MODE_PERIOD("daily", Form.MOMENT),
  RING_CONFIGURATION("ring_configuration", Form.DATELESS),
  DAILY_ACTIVITY("daily", Form.OPEN_DAY),
  DAILY_SLEEP("daily", Form.DAY),
  DAILY_READINESS("daily", Form.DAY),
  DAILY_SPO2("spo2", Form.DAY),
  DAILY_STRESS("daily", Form.DAY),
  DAILY_RESILIENCE("stress", Form.DAY),
  DAILY_CARDIOVASCULAR_AGE("heart_health", Form.DAY),
  VO2_MAX("heart_health", Form.DAY);

  /** How a document lies in time, and so how the dates of a list take hold of it. */
  enum Form {
    /** At a time of day; a last date without a time is midnight, so that day stays outside. */
    MOMENT,
    /** On the day of waking up, however often; the last day stays outside. */
    NIGHT,
    /** Once a day; the last day stays outside. */
    OPEN_DAY,
    /** Once a day; the last day is inside. */
    DAY,
    /** Anywhere: the list takes no dates. */
    DATELESS
  }

  private final String scope;
  private final Form form;

  OuraType(String scope, Form form) {
    this.scope = scope;
    this.form = form;
  }

  String scope() {
    return scope;
  }

  Form form() {
    return form;
  }

  /** Whether there is one document a day. */
  boolean oncePerDay() {
    return form == Form.DAY || form == Form.OPEN_DAY;
  }

  /** Oura's own word, as in its webhooks. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word within addresses, which for one type differs in a capital. */
  String path() {
    return this == VO2_MAX ? "vO2_max" : word();
  }

  static OuraType named(String word) {
    return Stream.of(values())
        .filter(type -> type.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(word)));
  }

  private static String unknown(String word) {
    String known = Stream.of(values()).map(OuraType::word).collect(joining(", "));
    return "Oura keeps no '" + word + "'; it keeps " + known;
  }
}
