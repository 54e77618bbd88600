package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes up one person's documents. The same seed and time give the same documents. */
final class OuraGenerator {
  private static final List<String> OFFSETS =
      List.of("-08:00", "-05:00", "Z", "+02:00", "+05:30", "+09:00", "+13:00");

  /** What Oura writes in the morning, once the night is known. */
  static final List<OuraType> MORNING =
      List.of(
          OuraType.DAILY_SLEEP,
          OuraType.DAILY_READINESS,
          OuraType.DAILY_SPO2,
          OuraType.SLEEP_TIME,
          OuraType.DAILY_RESILIENCE,
          OuraType.DAILY_CARDIOVASCULAR_AGE);

  private final RandomGenerator random;
  private final Measures measures;
  private final NightContents nights;
  private final DayContents days;
  private final MomentContents moments;
  private final ZoneOffset offset;
  private final String ringId;

  OuraGenerator(RandomGenerator random) {
    this.random = random;
    this.measures = new Measures(random);
    this.nights = new NightContents(measures);
    this.days = new DayContents(measures);
    this.moments = new MomentContents(measures);
    this.offset = ZoneOffset.of(measures.oneOf(OFFSETS));
    this.ringId = id();
  }

  ZoneOffset offset() {
    return offset;
  }

  Measures measures() {
    return measures;
  }

  /** An id as Oura makes them: opaque, of no agreed length, and no UUID. */
  String id() {
    return random.nextInt(1, 10)
        + "-"
        + measures.letters("0123456789abcdef", random.nextInt(30, 36));
  }

  /** The documents of so many days before today, beginning with a new ring and a rest. */
  List<OuraDocument> history(LocalDate today, int count) {
    LocalDate first = today.minusDays(count);
    List<OuraDocument> documents = new ArrayList<>();
    documents.add(at(OuraType.RING_CONFIGURATION, noon(first)));
    documents.add(at(OuraType.REST_MODE_PERIOD, noon(first)));
    for (LocalDate day = first; day.isBefore(today); day = day.plusDays(1)) {
      documents.addAll(wholeDay(day));
    }
    return documents;
  }

  private List<OuraDocument> wholeDay(LocalDate day) {
    List<OuraDocument> documents = new ArrayList<>(List.of(night(day)));
    Stream.of(OuraType.values())
        .filter(OuraType::oncePerDay)
        .filter(type -> type != OuraType.VO2_MAX || measures.chance(3))
        .forEach(type -> documents.add(daily(type, day)));
    Stream.of(OuraType.WORKOUT, OuraType.SESSION, OuraType.TAG, OuraType.ENHANCED_TAG)
        .filter(type -> measures.chance(2))
        .forEach(type -> documents.add(at(type, noon(day).plusMinutes(random.nextInt(500)))));
    if (measures.chance(8)) {
      documents.add(nap(noon(day).plusHours(3)));
    }
    return documents;
  }

  private OffsetDateTime noon(LocalDate day) {
    return day.atTime(LocalTime.NOON).atOffset(offset);
  }

  /** The sleep from which the person woke up on this day. */
  OuraDocument night(LocalDate day) {
    OffsetDateTime asleep = noon(day).minusHours(14).plus(minutes(0, 150));
    return fresh(Occasion.night(id(), asleep, asleep.plus(minutes(360, 520))));
  }

  OuraDocument nap(OffsetDateTime end) {
    return fresh(Occasion.night(id(), end.minus(minutes(20, 70)), end));
  }

  OuraDocument daily(OuraType type, LocalDate day) {
    return fresh(Occasion.daily(type, id(), day, offset));
  }

  /** Something that was over, or in the case of rest that began, at this time. */
  OuraDocument at(OuraType type, OffsetDateTime end) {
    return fresh(
        switch (type) {
          case WORKOUT -> Occasion.moment(type, id(), end.minus(minutes(20, 100)), end);
          case SESSION -> Occasion.moment(type, id(), end.minus(minutes(3, 15)), end);
          case REST_MODE_PERIOD -> Occasion.moment(type, id(), end, end.plus(minutes(600, 9000)));
          default -> Occasion.moment(type, id(), end, end.plus(minutes(10, 300)));
        });
  }

  /** The same document with other values than it has now. */
  OuraDocument rewritten(OuraDocument document) {
    OuraDocument other = fresh(document.occasion());
    while (other.content().toString().equals(document.content().toString())) {
      other = fresh(document.occasion());
    }
    return other;
  }

  /** At random, in whole milliseconds. */
  private Duration minutes(int least, int most) {
    return Duration.ofMillis(random.nextLong(least * 60_000L, most * 60_000L));
  }

  OffsetDateTime local(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).atOffset(offset);
  }

  private OuraDocument fresh(Occasion occasion) {
    return new OuraDocument(occasion, content(occasion));
  }

  private JsonText content(Occasion occasion) {
    return switch (occasion.type()) {
      case TAG -> moments.tag(occasion);
      case ENHANCED_TAG -> moments.enhancedTag(occasion);
      case WORKOUT -> moments.workout(occasion);
      case SESSION -> moments.session(occasion);
      case REST_MODE_PERIOD -> moments.restModePeriod(occasion);
      case RING_CONFIGURATION -> moments.ringConfiguration(occasion);
      case SLEEP -> nights.sleep(occasion, ringId);
      case SLEEP_TIME -> nights.sleepTime(occasion);
      case DAILY_SLEEP -> nights.dailySleep(occasion);
      case DAILY_READINESS -> nights.dailyReadiness(occasion);
      case DAILY_SPO2 -> nights.dailySpo2(occasion);
      case DAILY_ACTIVITY -> days.activity(occasion);
      case DAILY_STRESS -> days.stress(occasion);
      case DAILY_RESILIENCE -> days.resilience(occasion);
      case DAILY_CARDIOVASCULAR_AGE -> days.cardiovascularAge(occasion);
      case VO2_MAX -> days.vo2Max(occasion);
    };
  }
}
