package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * What a ring has measured since it was first worn, and goes on measuring as time passes. A row is
 * worked out from its time alone, so it never changes.
 */
final class RingMemory {
  private static final List<String> SOURCES =
      List.of("awake", "awake", "rest", "sleep", "sleep", "workout", "live", "session");

  private final long seed;
  private final Instant worn;

  RingMemory(long seed, Instant worn) {
    this.seed = seed;
    this.worn = worn;
  }

  /** The rows from {@code from} to before {@code to}, oldest first. */
  List<SeriesRow> rows(OuraSeries series, Instant from, Instant to) {
    long interval = series.interval().toMillis();
    Instant begin = from.isBefore(worn) ? worn : from;
    if (!begin.isBefore(to)) {
      return List.of();
    }
    long first = Math.floorDiv(begin.toEpochMilli(), interval);
    long last = Math.floorDiv(to.toEpochMilli(), interval);
    return LongStream.rangeClosed(first, last)
        .mapToObj(slot -> row(series, slot, interval))
        .filter(row -> !row.at().isBefore(begin) && row.at().isBefore(to))
        .toList();
  }

  private SeriesRow row(OuraSeries series, long slot, long interval) {
    SplittableRandom random = new SplittableRandom(seed * 31 + slot * 7919 + interval);
    Instant at = Instant.ofEpochMilli(slot * interval + random.nextInt(60_000));
    JsonText values =
        switch (series) {
          case HEARTRATE ->
              JsonText.object()
                  .number("bpm", random.nextInt(46, 141))
                  .text("source", SOURCES.get(random.nextInt(SOURCES.size())));
          case RING_BATTERY_LEVEL -> battery(random);
        };
    return new SeriesRow(at, values);
  }

  private static JsonText battery(SplittableRandom random) {
    JsonText json = JsonText.object().number("level", random.nextInt(8, 101));
    return random.nextInt(10) == 0
        ? json.nothing("charging").nothing("in_charger")
        : json.flag("charging", random.nextInt(6) == 0).flag("in_charger", random.nextBoolean());
  }
}
