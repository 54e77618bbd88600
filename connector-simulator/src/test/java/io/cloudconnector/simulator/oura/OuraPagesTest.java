package io.cloudconnector.simulator.oura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.simulator.TestClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OuraPagesTest extends OuraTest {
  @ParameterizedTest
  @EnumSource
  void pagesThroughAllDocumentsOldestFirst(OuraType type) throws IOException {
    cloud.pageSizes(4, 10);
    List<String> seen = new ArrayList<>();
    for (JsonNode item : all(type.path() + OuraApiTest.LONG_AGO, "id", accessToken())) {
      seen.add(item.path("id").asString());
    }
    assertThat(seen.reversed()).isEqualTo(person().ids(type.word())).isNotEmpty();
  }

  /** Every item on every page, and that each page but the last is full. */
  private List<JsonNode> all(String path, String field, String token) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = TestClient.json(data(path + next, token));
      page.path("data").forEach(items::add);
      assertThat(items).allMatch(item -> item.has(field));
      assertThat(page.has("next_token")).isTrue();
      next = page.path("next_token").isNull() ? "" : "&next_token=" + token(page);
    } while (!next.isEmpty());
    return items;
  }

  private static String token(JsonNode page) {
    return page.path("next_token").asString();
  }

  @Test
  void aDocumentThatComesInMeanwhileShiftsNoPage() throws IOException {
    cloud.pageSizes(3, 10);
    String token = accessToken();
    String path = "workout" + OuraApiTest.LONG_AGO;
    JsonNode first = TestClient.json(data(path, token));
    List<String> before = person().ids("workout").reversed();
    person().create("workout", person().today().minusDays(12));
    JsonNode second = TestClient.json(data(path + "&next_token=" + token(first), token));
    assertThat(second.path("data").path(0).path("id").asString()).isEqualTo(before.get(3));
  }

  @Test
  void aPageNeedsAnItem() {
    assertThatThrownBy(() -> cloud.pageSizes(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sleep", "daily_activity"})
  void theLastDayStaysOutsideWhereItDoes(String type) throws IOException {
    LocalDate day = person().today().minusDays(5);
    assertThat(days(type, day.toString(), day.toString())).isEmpty();
    assertThat(days(type, day.toString(), day.plusDays(1).toString()))
        .isNotEmpty()
        .containsOnly(day.toString());
    assertThat(days(type, day.toString(), day + "T23:59:59")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"daily_sleep", "daily_readiness", "daily_stress"})
  void theLastDayIsInsideWhereItIs(String type) throws IOException {
    LocalDate day = person().today().minusDays(5);
    assertThat(days(type, day.toString(), day.toString())).containsExactly(day.toString());
    assertThat(days(type, day.toString(), day.plusDays(1).toString())).hasSize(2);
  }

  @Test
  void aNightMayBeListedByItsBedtimeAsSomeHaveSeen() throws IOException {
    cloud.listSleepByBedtime(true);
    String id = person().ids("sleep").getFirst();
    JsonNode sleep = TestClient.json(data("sleep/" + id, accessToken()));
    OffsetDateTime bedtime = OffsetDateTime.parse(sleep.path("bedtime_start").asString());
    String to = bedtime.plusSeconds(1).toLocalDateTime().toString();
    assertThat(days("sleep", bedtime.toLocalDateTime().toString(), to))
        .containsExactly(sleep.path("day").asString());
    assertThat(days("sleep", to, sleep.path("day").asString() + "T23:59:59"))
        .doesNotContain(sleep.path("day").asString());
  }

  @Test
  void datesAreReadByThePersonsClock() throws IOException {
    String id = person().ids("workout").getFirst();
    String token = accessToken();
    OffsetDateTime start =
        OffsetDateTime.parse(
            TestClient.json(data("workout/" + id, token)).path("start_datetime").asString());
    LocalDate day = start.toLocalDate();
    assertThat(start.getOffset()).isEqualTo(person().offset());
    assertThat(person().day("workout", id)).isEqualTo(day);
    assertThat(days("workout", start.toInstant().toString(), day.plusDays(1).toString()))
        .contains(day.toString());
    assertThat(
            days(
                "workout",
                start.plusSeconds(1).toLocalDateTime().toString(),
                day.plusDays(1).toString()))
        .doesNotContain(day.toString());
  }

  private List<String> days(String type, String from, String to) throws IOException {
    List<String> days = new ArrayList<>();
    String query = "?start_date=" + from + "&end_date=" + to;
    all(type + query, "day", accessToken()).forEach(item -> days.add(item.path("day").asString()));
    return days;
  }

  @Test
  void withoutDatesAListIsOfTheLastDay() throws IOException {
    String yesterday = person().today().minusDays(1).toString();
    JsonNode sleeps = TestClient.json(data("sleep", accessToken())).path("data");
    assertThat(sleeps.size()).isPositive();
    sleeps.forEach(sleep -> assertThat(sleep.path("day").asString()).isEqualTo(yesterday));
  }

  @Test
  void aListOfRingsTakesNoDates() throws IOException {
    String path = "ring_configuration?start_date=2020-01-01&end_date=2020-01-02";
    assertThat(TestClient.json(data(path, accessToken())).path("data").size()).isEqualTo(1);
  }

  @Test
  void fieldsLeaveTheOthersAwayButNotTheIdAndDay() throws IOException {
    String path = "daily_sleep" + OuraApiTest.LONG_AGO + "&fields=score,nothing";
    JsonNode first = TestClient.json(data(path, accessToken())).path("data").path(0);
    assertThat(first.propertyNames()).containsExactlyInAnyOrder("id", "day", "score", "timestamp");
    String rows = "heartrate?fields=bpm";
    JsonNode row = TestClient.json(data(rows, accessToken())).path("data").path(0);
    assertThat(row.propertyNames()).containsExactly("timestamp", "timestamp_unix", "bpm");
  }

  @Test
  void aSeriesIsPagedFromItsStartToBeforeItsEnd() throws IOException {
    cloud.pageSizes(10, 50);
    String from = "2026-11-19T00:00:00Z";
    String to = "2026-11-20T00:00:00Z";
    String path = "heartrate?start_datetime=" + from + "&end_datetime=" + to;
    List<JsonNode> rows = all(path, "bpm", accessToken());
    assertThat(rows).hasSize(288);
    assertThat(rows.stream().map(JsonNode::toString))
        .isEqualTo(person().samples("heartrate", Instant.parse(from), Instant.parse(to)));
    List<Instant> times =
        rows.stream().map(row -> Instant.parse(row.path("timestamp").asString())).toList();
    assertThat(times).isSorted().first().isEqualTo(Instant.ofEpochMilli(firstMillis(rows)));
    assertThat(times.getLast()).isBefore(Instant.parse(to));
  }

  private static long firstMillis(List<JsonNode> rows) {
    return rows.getFirst().path("timestamp_unix").asLong();
  }

  @Test
  void aSeriesGoesOnWithTheClockAndLatestIsItsLastRow() throws IOException {
    String token = accessToken();
    JsonNode before = latest(token);
    clock.advance(Duration.ofMinutes(31));
    JsonNode after = latest(token);
    assertThat(after.path("timestamp_unix").asLong())
        .isGreaterThan(before.path("timestamp_unix").asLong())
        .isLessThan(clock.instant().toEpochMilli());
    person().stopSyncing();
    clock.advance(Duration.ofHours(9));
    assertThat(latest(token)).isEqualTo(after);
  }

  private JsonNode latest(String token) throws IOException {
    JsonNode data = TestClient.json(data("heartrate?latest=true", token)).path("data");
    assertThat(data.size()).isEqualTo(1);
    return data.path(0);
  }

  @Test
  void samplesThatARingKeptToItselfComeLater() {
    Instant begin = clock.instant();
    person().stopSyncing();
    clock.advance(Duration.ofHours(2));
    assertThat(person().samples("ring_battery_level", begin, clock.instant())).isEmpty();
    person().syncAgain();
    assertThat(person().samples("ring_battery_level", begin, clock.instant())).hasSize(4);
  }
}
