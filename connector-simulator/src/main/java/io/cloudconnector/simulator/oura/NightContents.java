package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.util.List;

/** What Oura says about nights. */
final class NightContents {
  private static final List<String> ANALYSIS =
      List.of(
          "foreground_sleep_analysis",
          "bedtime_edit",
          "background_sleep_analysis",
          "background_created_foreground_updated");
  private static final List<String> ADVICE =
      List.of(
          "improve_efficiency",
          "earlier_bedtime",
          "later_bedtime",
          "earlier_wake_up_time",
          "later_wake_up_time",
          "follow_optimal_bedtime");

  private final Measures measures;

  NightContents(Measures measures) {
    this.measures = measures;
  }

  JsonText sleep(Occasion night, String ringId) {
    int inBed = (int) night.length().toSeconds();
    String phases = measures.letters("12223334", inBed / 300);
    JsonText json =
        JsonText.object()
            .number("average_breath", measures.decimal(12, 18))
            .number("average_heart_rate", measures.decimal(46, 68))
            .orNull("average_hrv", measures.mostly(() -> measures.whole(18, 120)));
    durations(json, inBed);
    json.text("bedtime_end", OuraTime.localized(night.to()))
        .text("bedtime_start", OuraTime.localized(night.from()))
        .text("day", night.day().toString());
    samples(json, night, inBed);
    judgement(json, inBed);
    return json.text("movement_30_sec", measures.letters("1111234", inBed / 30))
        .text("sleep_phase_30_sec", measures.letters("12223334", inBed / 30))
        .text("sleep_phase_5_min", phases)
        .text("app_sleep_phase_5_min", phases)
        .text("ring_id", ringId);
  }

  private void durations(JsonText json, int inBed) {
    int awake = inBed / 100 * 6;
    int deep = inBed / 100 * Integer.parseInt(measures.whole(13, 24));
    int rem = inBed / 100 * Integer.parseInt(measures.whole(16, 27));
    json.number("awake_time", awake)
        .number("deep_sleep_duration", deep)
        .number("rem_sleep_duration", rem)
        .number("light_sleep_duration", inBed - awake - deep - rem)
        .number("total_sleep_duration", inBed - awake)
        .number("time_in_bed", inBed)
        .orNull("efficiency", measures.mostly(() -> measures.whole(74, 97)))
        .orNull("latency", measures.mostly(() -> measures.whole(60, 1800)));
  }

  private void samples(JsonText json, Occasion night, int inBed) {
    int count = inBed / 300;
    if (measures.chance(15)) {
      json.nothing("heart_rate").nothing("hrv");
      return;
    }
    json.object(
            "heart_rate",
            measures.sample(night.from(), 300, count, () -> measures.whole(44, 74) + ".0"))
        .object(
            "hrv", measures.sample(night.from(), 300, count, () -> measures.whole(15, 130) + ".0"));
  }

  private void judgement(JsonText json, int inBed) {
    boolean nap = inBed < 3 * 3600;
    json.flag("low_battery_alert", measures.chance(20))
        .number("lowest_heart_rate", measures.whole(40, 58))
        .number("period", nap ? 1 : 0)
        .orNull("readiness_score_delta", measures.mostly(() -> measures.whole(-4, 4)))
        .number("restless_periods", measures.whole(80, 320))
        .text("sleep_algorithm_version", measures.chance(5) ? "v1" : "v2")
        .text("sleep_analysis_reason", measures.oneOf(ANALYSIS))
        .orNull("sleep_score_delta", measures.mostly(() -> measures.whole(-4, 4)))
        .text("type", nap ? measures.oneOf(List.of("late_nap", "sleep", "rest")) : "long_sleep");
    if (nap) {
      json.nothing("readiness");
    } else {
      json.object("readiness", readiness());
    }
  }

  private JsonText readiness() {
    return JsonText.object()
        .object(
            "contributors",
            measures.contributors(
                "activity_balance",
                "body_temperature",
                "hrv_balance",
                "previous_day_activity",
                "previous_night",
                "recovery_index",
                "resting_heart_rate",
                "sleep_balance",
                "sleep_regularity"))
        .orNull("score", measures.score())
        .orNull("temperature_deviation", measures.mostly(() -> measures.decimal(-0.9, 0.9)))
        .number("temperature_trend_deviation", measures.decimal(-0.4, 0.4));
  }

  JsonText dailyReadiness(Occasion day) {
    return readiness()
        .text("day", day.day().toString())
        .text("timestamp", OuraTime.localized(day.from()));
  }

  JsonText dailySleep(Occasion day) {
    JsonText contributors =
        measures.contributors(
            "deep_sleep",
            "efficiency",
            "latency",
            "rem_sleep",
            "restfulness",
            "timing",
            "total_sleep");
    return JsonText.object()
        .object("contributors", contributors)
        .text("day", day.day().toString())
        .orNull("score", measures.score())
        .text("timestamp", OuraTime.localized(day.from()));
  }

  JsonText dailySpo2(Occasion day) {
    JsonText json =
        JsonText.object()
            .orNull("breathing_disturbance_index", measures.mostly(() -> measures.whole(0, 18)))
            .text("day", day.day().toString());
    return measures.chance(12)
        ? json.nothing("spo2_percentage")
        : json.object(
            "spo2_percentage", JsonText.object().number("average", measures.decimal(94.2, 99.4)));
  }

  JsonText sleepTime(Occasion day) {
    JsonText json = JsonText.object().text("day", day.day().toString());
    if (measures.chance(6)) {
      return json.nothing("optimal_bedtime")
          .nothing("recommendation")
          .text(
              "status",
              measures.oneOf(
                  List.of("not_enough_nights", "not_enough_recent_nights", "bad_sleep_quality")));
    }
    int start = -Integer.parseInt(measures.whole(60, 7200));
    JsonText window =
        JsonText.object()
            .number("day_tz", day.from().getOffset().getTotalSeconds())
            .number("end_offset", start + 2700)
            .number("start_offset", start);
    return json.object("optimal_bedtime", window)
        .text("recommendation", measures.oneOf(ADVICE))
        .text("status", measures.oneOf(List.of("only_recommended_found", "optimal_found")));
  }
}
