package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.JsonText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One state of one record. Immutable, and always served as the same bytes.
 *
 * @param id WHOOP's id; of a recovery, the id of its sleep
 * @param cycleId the cycle it belongs to, or is
 * @param times of a recovery, those of its sleep
 * @param detail members that only this kind has
 * @param score null unless scored
 */
record WhoopRecord(
    WhoopKind kind,
    String id,
    long userId,
    long cycleId,
    Times times,
    ScoreState state,
    JsonText detail,
    @Nullable JsonText score) {
  private static final DateTimeFormatter UTC_MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * When it was recorded, last touched, and took place; in whole milliseconds.
   *
   * @param end null while a cycle is open
   * @param offset the person's zone as WHOOP writes it: {@code +hh:mm}, {@code -hh:mm} or Z
   */
  record Times(
      Instant created, Instant updated, Instant start, @Nullable Instant end, String offset) {
    Times {
      created = created.truncatedTo(ChronoUnit.MILLIS);
      updated = updated.truncatedTo(ChronoUnit.MILLIS);
      start = start.truncatedTo(ChronoUnit.MILLIS);
      end = end == null ? null : end.truncatedTo(ChronoUnit.MILLIS);
    }

    Times ending(Instant at) {
      return new Times(created, updated, start, at, offset);
    }

    /** Touched now, and in any case later than before. */
    Times touched(Instant now) {
      Instant later = updated.plusMillis(1);
      return new Times(created, now.isAfter(later) ? now : later, start, end, offset);
    }
  }

  WhoopRecord with(Times other) {
    return new WhoopRecord(kind, id, userId, cycleId, other, state, detail, score);
  }

  WhoopRecord scored(ScoreState now, @Nullable JsonText fresh) {
    return new WhoopRecord(kind, id, userId, cycleId, times, now, detail, fresh);
  }

  /** Whether it lies in, or reaches into, the stretch from {@code from} to before {@code to}. */
  boolean touches(Instant from, Instant to) {
    Instant end = times.end();
    return times.start().isBefore(to) && (end == null || !end.isBefore(from));
  }

  /** The document. Different records come in different spacings, the same always in the same. */
  byte[] bytes() {
    JsonText.Spacing[] spacings = JsonText.Spacing.values();
    return json().bytes(spacings[Math.floorMod(id.hashCode(), spacings.length)]);
  }

  private JsonText json() {
    JsonText json =
        ids()
            .number("user_id", userId)
            .text("created_at", UTC_MILLIS.format(times.created()))
            .text("updated_at", UTC_MILLIS.format(times.updated()));
    if (kind != WhoopKind.RECOVERY) {
      span(json);
    }
    json.all(detail).text("score_state", state.name());
    return score == null ? json : json.object("score", score);
  }

  private JsonText ids() {
    return switch (kind) {
      case CYCLE -> JsonText.object().number("id", cycleId);
      case SLEEP -> JsonText.object().text("id", id).number("cycle_id", cycleId);
      case RECOVERY -> JsonText.object().number("cycle_id", cycleId).text("sleep_id", id);
      case WORKOUT -> JsonText.object().text("id", id);
    };
  }

  private void span(JsonText json) {
    json.text("start", UTC_MILLIS.format(times.start()));
    Instant end = times.end();
    if (end != null) {
      json.text("end", UTC_MILLIS.format(end));
    }
    json.text("timezone_offset", times.offset());
  }
}
