package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.time.OffsetDateTime;
import java.util.List;

/** What Oura says about things that happen at some time of the day, and about rings. */
final class MomentContents {
  private static final List<String> ACTIVITIES =
      List.of("walking", "running", "cycling", "yoga", "strengthTraining", "swimming", "rowing");
  private static final List<String> COMMENTS =
      List.of("späte Feier", "two coffees", "長い散歩", "flight \"home\"", "sauna\nand a swim");
  private static final List<String> TAG_CODES =
      List.of("tag_generic_alcohol", "tag_sleep_aid", "tag_generic_sauna", "tag_generic_nap");

  private final Measures measures;

  MomentContents(Measures measures) {
    this.measures = measures;
  }

  JsonText workout(Occasion workout) {
    JsonText json =
        JsonText.object()
            .text("activity", measures.oneOf(ACTIVITIES))
            .number("calories", measures.decimal(60, 900))
            .text("day", workout.day().toString())
            .orNull("distance", measures.mostly(() -> measures.decimal(900, 16_000)))
            .text("end_datetime", OuraTime.localized(workout.to()))
            .text("intensity", measures.oneOf(List.of("easy", "moderate", "hard")));
    return (measures.chance(3)
            ? json.text("label", measures.oneOf(COMMENTS))
            : json.nothing("label"))
        .text(
            "source",
            measures.oneOf(List.of("manual", "autodetected", "confirmed", "workout_heart_rate")))
        .text("start_datetime", OuraTime.localized(workout.from()));
  }

  JsonText session(Occasion session) {
    int count = (int) session.length().toSeconds() / 15;
    OffsetDateTime from = session.from();
    JsonText json =
        JsonText.object()
            .text("day", session.day().toString())
            .text("end_datetime", OuraTime.localized(session.to()))
            .object("heart_rate", measures.sample(from, 15, count, () -> measures.decimal(50, 82)))
            .object(
                "heart_rate_variability",
                measures.sample(from, 15, count, () -> measures.decimal(15, 120)));
    return (measures.chance(3)
            ? json.nothing("mood").nothing("motion_count")
            : json.text("mood", measures.oneOf(List.of("bad", "worse", "same", "good", "great")))
                .object(
                    "motion_count",
                    measures.sample(from, 15, count, () -> measures.whole(0, 9) + ".0")))
        .text("start_datetime", OuraTime.localized(from))
        .text(
            "type",
            measures.oneOf(
                List.of("breathing", "meditation", "nap", "relaxation", "rest", "body_status")));
  }

  JsonText tag(Occasion tag) {
    return JsonText.object()
        .text("day", tag.day().toString())
        .escapedText("text", measures.oneOf(COMMENTS) + " " + measures.whole(1, 99_999))
        .text("timestamp", OuraTime.local(tag.from()))
        .texts("tags", List.of(measures.oneOf(TAG_CODES), measures.oneOf(TAG_CODES)));
  }

  JsonText enhancedTag(Occasion tag) {
    JsonText json =
        JsonText.object()
            .text("tag_type_code", measures.oneOf(TAG_CODES))
            .text("start_time", OuraTime.local(tag.from()))
            .text("start_day", tag.day().toString())
            .text("comment", measures.oneOf(COMMENTS) + " " + measures.whole(1, 99_999))
            .nothing("custom_name");
    return measures.chance(2)
        ? json.nothing("end_time").nothing("end_day")
        : json.text("end_time", OuraTime.local(tag.to()))
            .text("end_day", tag.to().toLocalDate().toString());
  }

  JsonText restModePeriod(Occasion rest) {
    JsonText episode =
        JsonText.object()
            .texts("tags", List.of(measures.oneOf(TAG_CODES)))
            .text("timestamp", OuraTime.localized(rest.from().plusMinutes(minutes())));
    JsonText json =
        JsonText.object()
            .objects("episodes", List.of(episode))
            .text("start_day", rest.day().toString())
            .text("start_time", OuraTime.localized(rest.from()));
    return measures.chance(3)
        ? json.nothing("end_day").nothing("end_time")
        : json.text("end_day", rest.to().toLocalDate().toString())
            .text("end_time", OuraTime.localized(rest.to()));
  }

  private int minutes() {
    return Integer.parseInt(measures.whole(1, 500));
  }

  JsonText ringConfiguration(Occasion setUp) {
    return JsonText.object()
        .text("color", measures.oneOf(List.of("silver", "stealth_black", "titanium", "rose")))
        .text("design", measures.oneOf(List.of("heritage", "horizon", "ceramic")))
        .text("firmware_version", "3." + measures.whole(0, 9) + "." + measures.whole(0, 99_999))
        .text("hardware_type", measures.oneOf(List.of("gen3", "gen4", "or5")))
        .text("set_up_at", OuraTime.utc(setUp.from().toInstant()))
        .number("size", measures.whole(6, 13));
  }
}
