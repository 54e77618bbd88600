package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.Digits;
import io.cloudconnector.simulator.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes up what WHOOP measured of a person, within what a healthy one shows. */
final class WhoopScores {
  private static final List<String> ZONES = List.of("zero", "one", "two", "three", "four", "five");
  private static final double[] ZONE_SHARES = {0.08, 0.22, 0.30, 0.24, 0.12, 0.04};

  private final RandomGenerator random;
  private final Digits digits;
  private final Physique body;

  WhoopScores(RandomGenerator random, Physique body) {
    this.random = random;
    this.digits = new Digits(random);
    this.body = body;
  }

  /** A score in this state: none, unless scored. */
  @Nullable JsonText of(WhoopKind kind, ScoreState state, Duration length) {
    if (state != ScoreState.SCORED) {
      return null;
    }
    return switch (kind) {
      case CYCLE -> cycle();
      case SLEEP -> sleep(length);
      case RECOVERY -> recovery();
      case WORKOUT -> workout(length);
    };
  }

  private JsonText cycle() {
    return JsonText.object()
        .number("strain", digits.between(4, 18.5))
        .number("kilojoule", digits.between(6500, 14500))
        .number("average_heart_rate", body.restingRate() + random.nextInt(8, 24))
        .number("max_heart_rate", body.maxRate() - random.nextInt(3, 50));
  }

  private JsonText recovery() {
    JsonText score =
        JsonText.object()
            .flag("user_calibrating", random.nextInt(20) == 0)
            .number("recovery_score", random.nextInt(12, 99) + ".0")
            .number("resting_heart_rate", body.restingRate() + random.nextInt(-4, 6) + ".0")
            .number("hrv_rmssd_milli", digits.between(body.hrv() * 0.7, body.hrv() * 1.3));
    if (random.nextInt(4) > 0) {
      score
          .number("spo2_percentage", digits.between(93.5, 99))
          .number("skin_temp_celsius", digits.between(32.1, 35.4));
    }
    return score;
  }

  private JsonText sleep(Duration inBed) {
    long total = inBed.toMillis();
    long awake = (long) (total * random.nextDouble(0.03, 0.11));
    long noData = random.nextInt(10) == 0 ? total / 100 : 0;
    long deep = (long) (total * random.nextDouble(0.14, 0.24));
    long rem = (long) (total * random.nextDouble(0.18, 0.27));
    JsonText stages =
        JsonText.object()
            .number("total_in_bed_time_milli", total)
            .number("total_awake_time_milli", awake)
            .number("total_no_data_time_milli", noData)
            .number("total_light_sleep_time_milli", total - awake - noData - deep - rem)
            .number("total_slow_wave_sleep_time_milli", deep)
            .number("total_rem_sleep_time_milli", rem)
            .number("sleep_cycle_count", Math.max(1, inBed.toMinutes() / 95))
            .number("disturbance_count", random.nextLong(1 + 2 * inBed.toHours()));
    JsonText score =
        JsonText.object().object("stage_summary", stages).object("sleep_needed", need());
    return percentages(score, 100.0 * (total - awake - noData) / total);
  }

  private JsonText need() {
    return JsonText.object()
        .number("baseline_milli", random.nextInt(26_000_000, 30_000_000))
        .number("need_from_sleep_debt_milli", random.nextInt(3_600_000))
        .number("need_from_recent_strain_milli", random.nextInt(1_500_000))
        .number("need_from_recent_nap_milli", -random.nextInt(900_000));
  }

  private JsonText percentages(JsonText score, double efficiency) {
    if (random.nextInt(12) > 0) {
      score.number("respiratory_rate", digits.between(12.5, 17.8));
    }
    if (random.nextInt(12) > 0) {
      score
          .number("sleep_performance_percentage", random.nextInt(55, 101) + ".0")
          .number("sleep_consistency_percentage", random.nextInt(50, 99) + ".0");
    }
    return score.number(
        "sleep_efficiency_percentage", digits.between(efficiency - 0.5, efficiency));
  }

  private JsonText workout(Duration length) {
    int average = body.restingRate() + random.nextInt(45, 80);
    JsonText score =
        JsonText.object()
            .number("strain", digits.between(4, 17))
            .number("average_heart_rate", average)
            .number("max_heart_rate", Math.min(body.maxRate(), average + random.nextInt(12, 40)))
            .number("kilojoule", digits.between(400, 3200))
            .number("percent_recorded", random.nextInt(3) > 0 ? "100.0" : digits.between(92, 100));
    if (random.nextBoolean()) {
      score
          .number("distance_meter", digits.between(1500, 18000))
          .number("altitude_gain_meter", digits.between(1, 320))
          .number("altitude_change_meter", "-" + digits.between(0, 12));
    }
    return score.object("zone_durations", zones(length.toMillis()));
  }

  private static JsonText zones(long total) {
    JsonText zones = JsonText.object();
    long rest = total;
    for (int i = ZONES.size() - 1; i > 0; i--) {
      long share = (long) (total * ZONE_SHARES[i]);
      zones.number("zone_" + ZONES.get(i) + "_milli", share);
      rest -= share;
    }
    return zones.number("zone_zero_milli", rest);
  }
}
