package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.Digits;
import io.cloudconnector.simulator.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What stays the same about a person, and from which the days are made.
 *
 * @param restingRate beats per minute
 * @param maxRate beats per minute
 * @param hrv heart rate variability (RMSSD) in milliseconds
 * @param bedtime of an ordinary evening, from midnight UTC of the day before
 * @param offset from UTC, as WHOOP writes it
 */
record Physique(
    String first,
    String last,
    int restingRate,
    int maxRate,
    int hrv,
    String height,
    String weight,
    Duration bedtime,
    String offset) {
  private static final List<String> FIRST =
      List.of("Zoë", "Łukasz", "美咲", "Amina", "José", "Siobhán", "Jürgen", "Priya", "Dmitri");
  private static final List<String> LAST =
      List.of("Ångström", "O'Neill", "Nuñez", "Kowalski", "佐藤", "Okafor", "Müller", "Iyer");

  /** Zones with the bedtime, in hours UTC, at which it is about half past ten in them. */
  private static final List<Zone> ZONES =
      List.of(
          new Zone("-05:00", 27),
          new Zone("-07:00", 29),
          new Zone("Z", 22),
          new Zone("+01:00", 21),
          new Zone("+05:30", 17),
          new Zone("+09:00", 13));

  private record Zone(String offset, int bedtimeHour) {}

  static Physique of(RandomGenerator random) {
    Digits digits = new Digits(random);
    Zone zone = ZONES.get(random.nextInt(ZONES.size()));
    return new Physique(
        FIRST.get(random.nextInt(FIRST.size())),
        LAST.get(random.nextInt(LAST.size())),
        random.nextInt(44, 66),
        random.nextInt(176, 204),
        random.nextInt(32, 110),
        digits.between(1.52, 1.98),
        digits.between(48, 105),
        Duration.ofHours(zone.bedtimeHour()).plusMinutes(random.nextInt(90)),
        zone.offset());
  }

  JsonText profile(long userId) {
    return JsonText.object()
        .number("user_id", userId)
        .text("email", "member" + userId + "@example.com")
        .escapedText("first_name", first)
        .text("last_name", last);
  }

  JsonText body() {
    return JsonText.object()
        .number("height_meter", height)
        .number("weight_kilogram", weight)
        .number("max_heart_rate", maxRate);
  }
}
