package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.util.List;

/** What Oura says about days. */
final class DayContents {
  private final Measures measures;

  DayContents(Measures measures) {
    this.measures = measures;
  }

  JsonText activity(Occasion day) {
    int steps = Integer.parseInt(measures.whole(2200, 17_500));
    JsonText json =
        JsonText.object()
            .number("active_calories", measures.whole(120, 980))
            .number("average_met_minutes", measures.decimal(1.1, 2.1))
            .text("class_5_min", measures.letters("0111122234455", 288))
            .object("contributors", contributors())
            .text("day", day.day().toString())
            .number("equivalent_walking_distance", steps * 4 / 5)
            .number("steps", steps)
            .orNull("score", measures.score())
            .number("total_calories", measures.whole(1850, 3600));
    times(json);
    return json.object("met", measures.sample(day.from(), 900, 60, () -> measures.decimal(0.9, 7)))
        .text("timestamp", OuraTime.localized(day.from()));
  }

  private JsonText contributors() {
    return measures.contributors(
        "meet_daily_targets",
        "move_every_hour",
        "recovery_time",
        "stay_active",
        "training_frequency",
        "training_volume");
  }

  private void times(JsonText json) {
    json.number("high_activity_met_minutes", measures.whole(0, 320))
        .number("high_activity_time", measures.whole(0, 3600))
        .number("inactivity_alerts", measures.whole(0, 7))
        .number("low_activity_met_minutes", measures.whole(60, 320))
        .number("low_activity_time", measures.whole(6000, 22_000))
        .number("medium_activity_met_minutes", measures.whole(0, 260))
        .number("medium_activity_time", measures.whole(0, 7200))
        .number("meters_to_target", measures.whole(-5200, 8200))
        .number("non_wear_time", measures.whole(0, 3600))
        .number("resting_time", measures.whole(20_000, 32_000))
        .number("sedentary_met_minutes", measures.whole(4, 22))
        .number("sedentary_time", measures.whole(18_000, 40_000))
        .number("target_calories", measures.whole(300, 650))
        .number("target_meters", measures.whole(5000, 12_000));
  }

  JsonText stress(Occasion day) {
    JsonText json =
        JsonText.object()
            .text("day", day.day().toString())
            .orNull("recovery_high", measures.mostly(() -> measures.whole(0, 9000)))
            .orNull("stress_high", measures.mostly(() -> measures.whole(0, 14_400)));
    return measures.chance(8)
        ? json.nothing("day_summary")
        : json.text("day_summary", measures.oneOf(List.of("restored", "normal", "stressful")));
  }

  JsonText resilience(Occasion day) {
    JsonText contributors =
        JsonText.object()
            .number("sleep_recovery", measures.decimal(20, 99))
            .number("daytime_recovery", measures.decimal(0, 90))
            .number("stress", measures.decimal(10, 99));
    return JsonText.object()
        .text("day", day.day().toString())
        .object("contributors", contributors)
        .text(
            "level",
            measures.oneOf(List.of("limited", "adequate", "solid", "strong", "exceptional")));
  }

  JsonText cardiovascularAge(Occasion day) {
    return JsonText.object()
        .text("day", day.day().toString())
        .orNull("pulse_wave_velocity", measures.mostly(() -> measures.decimal(5.2, 9.8)))
        .orNull("vascular_age", measures.mostly(() -> measures.whole(21, 66)));
  }

  JsonText vo2Max(Occasion day) {
    return JsonText.object()
        .text("day", day.day().toString())
        .text("timestamp", OuraTime.localized(day.from()))
        .number("vo2_max", measures.whole(28, 61));
  }
}
