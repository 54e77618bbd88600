package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.core.Json;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OuraTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-14T06:40:00Z,2026-01-14T06:40:00Z",
    "2026-01-14T06:40:00+01:00,2026-01-14T05:40:00Z",
    "2026-01-14T06:40:00.5+0100,2026-01-14T05:40:00.500Z",
    "2026-01-14T06:40-05:30,2026-01-14T12:10:00Z",
    "2026-01-14T06:40:00.123456,2026-01-14T06:40:00.123456Z",
    "2026-01-14 06:40:00,2026-01-14T06:40:00Z"
  })
  void readsAMomentHoweverItIsWritten(String text, Instant moment) {
    assertThat(OuraTime.utc(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "2026-13-01T00:00:00", "2026-01-14T06:40:00+99:00", "1768377331"})
  void readsNoTimeFromWhatIsNone(String text) {
    assertThat(OuraTime.utc(text)).isEmpty();
    assertThat(OuraTime.of(text)).isEmpty();
    assertThat(OuraTime.day(text)).isEmpty();
  }

  @Test
  void takesALocalTimeForAllMomentsThatItMayBe() {
    OuraTime noon = OuraTime.of("2026-01-14T12:00:00").orElseThrow();

    assertThat(noon.earliest()).isEqualTo(Instant.parse("2026-01-13T22:00:00Z"));
    assertThat(noon.latest()).isEqualTo(Instant.parse("2026-01-15T00:00:00Z"));
  }

  @Test
  void countsANightToTheDayOfWakingUpAndPlacesItByItsHours() {
    Json night = json(OuraSamples.SLEEP);

    assertThat(OuraSpan.day(night)).contains(LocalDate.parse("2026-01-14"));
    assertThat(OuraSpan.of(night).from()).contains(Instant.parse("2026-01-13T21:10:00Z"));
    assertThat(OuraSpan.of(night).to()).contains(Instant.parse("2026-01-14T05:40:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A day anywhere on earth may touch the end of the day before in UTC, and the next one.
        "{'day':'2026-01-14'} | 2026-01-13T00:00:00Z | 2026-01-14T00:00:00Z | true",
        "{'day':'2026-01-14'} | 2026-01-15T00:00:00Z | 2026-01-16T00:00:00Z | true",
        "{'day':'2026-01-14'} | 2026-01-12T00:00:00Z | 2026-01-13T00:00:00Z | false",
        "{'day':'2026-01-14'} | 2026-01-15T12:00:00Z | 2026-01-16T00:00:00Z | false",
        "{'start_datetime':'2026-01-14T10:00:00Z','end_datetime':'2026-01-14T11:00:00Z'} |"
            + " 2026-01-14T11:00:00Z | 2026-01-14T12:00:00Z | true",
        "{'start_datetime':'2026-01-14T10:00:00Z','end_datetime':'2026-01-14T11:00:00Z'} |"
            + " 2026-01-14T09:00:00Z | 2026-01-14T10:00:00Z | false",
        "{'start_day':'2025-12-01','end_day':null} | 2026-01-14T00:00:00Z | 2026-01-15T00:00:00Z |"
            + " true",
        "{'start_day':'2025-12-01','end_day':'2025-12-02'} | 2026-01-14T00:00:00Z |"
            + " 2026-01-15T00:00:00Z | false",
        "{'day':'someday'} | 2026-01-14T00:00:00Z | 2026-01-15T00:00:00Z | true",
        "{} | 2026-01-14T00:00:00Z | 2026-01-15T00:00:00Z | true"
      })
  void knowsWhetherADocumentTouchesASpan(
      String document, Instant from, Instant to, boolean touches) {
    assertThat(OuraSpan.of(json(document.replace('\'', '"'))).touches(from, to)).isEqualTo(touches);
  }

  private static Json json(String text) {
    return Json.parse(text.getBytes(UTF_8));
  }
}
