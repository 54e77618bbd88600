package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeHistoryQuery;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of Oura's lists, and what is made of them when they are not as they should be. */
class OuraHistoryTest {
  private static final String LISTS = "/base/v2/usercollection/";
  private static final Instant FROM = Instant.parse("2026-01-10T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-15T00:00:00Z");

  private final FakeHost host = FakeHost.of(new OuraConnectorFactory());
  private final FakeConnection connection =
      host.connection(Credentials.access(Secret.of("made-up-token")));

  @AfterEach
  void close() {
    host.close();
  }

  /** The days that these moments may be in anywhere on earth, one before and two after. */
  @Test
  void asksForMoreDaysThanWantedSinceNobodySaysWhichEndIsExclusive() {
    answers("sleep", OuraSamples.list());

    page("sleep", Optional.empty());

    assertThat(query("sleep")).isEqualTo("end_date=2026-01-17&start_date=2026-01-08");
  }

  @Test
  void asksForARingsSettingsWithoutDatesWhichThatListDoesNotTake() {
    answers("ring_configuration", OuraSamples.page("more", OuraSamples.ring("r-1")));
    Optional<String> cursor = page("ring_configuration", Optional.empty()).cursor();

    answers("ring_configuration", OuraSamples.list(OuraSamples.ring("r-2")));
    page("ring_configuration", cursor);

    assertThat(host.vendor().calls(LISTS + "ring_configuration"))
        .extracting(RecordedCall::query)
        .containsExactly("", "next_token=more");
  }

  @Test
  void asksForASeriesByWholeDaysInUtc() {
    answers("heartrate", OuraSamples.list());

    HistoryPage page = page("heartrate", Optional.empty());

    assertThat(query("heartrate"))
        .isEqualTo("end_datetime=2026-01-15T00%3A01%3A00Z&start_datetime=2026-01-13T23%3A59%3A00Z");
    assertThat(page.records()).isEmpty();
    assertThat(page.cursor()).contains("2026-01-13");
  }

  @Test
  void takesASeriesFromTheLastDayToTheFirst() {
    answers("heartrate", OuraSamples.list());
    List<String> cursors = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      cursor = page("heartrate", cursor).cursor();
      cursor.ifPresent(cursors::add);
    } while (cursor.isPresent());

    assertThat(cursors).containsExactly("2026-01-13", "2026-01-12", "2026-01-11", "2026-01-10");
  }

  @Test
  void goesToVo2MaxByItsOtherSpelling() {
    answers("vO2_max", OuraSamples.list(OuraSamples.daily("v-1", "2026-01-12")));

    assertThat(page("vo2_max", Optional.empty()).records())
        .extracting(VendorData::resource)
        .containsExactly(Resource.one("vo2_max", "v-1"));
  }

  @Test
  void leavesOutWhatDoesNotTouchTheSpan() {
    answers(
        "daily_sleep",
        OuraSamples.list(
            OuraSamples.daily("far-before", "2026-01-08"),
            OuraSamples.daily("first", "2026-01-10"),
            OuraSamples.daily("last", "2026-01-14"),
            OuraSamples.daily("far-after", "2026-01-17")));

    assertThat(ids(page("daily_sleep", Optional.empty()))).containsExactly("first", "last");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'bedtime_start':'2026-01-09T23:00:00','bedtime_end':'2026-01-10T06:00:00'",
        "'bedtime_start':'2026-01-14 22:00:00','bedtime_end':'2026-01-15T06:00:00.000'",
        "'day':'2026-01-12'",
        "'day':'soon'",
        "'day':20260112",
        "'size':1"
      })
  void losesNoDocumentWhoseTimesAreWithoutAZoneOrNone(String times) {
    String document = "{\"id\":\"s-1\"," + times.replace('\'', '"') + "}";
    answers("sleep", OuraSamples.list(document));

    List<VendorData> records = page("sleep", Optional.empty()).records();

    assertThat(records).hasSize(1);
    assertThat(new String(records.getFirst().bytes(), UTF_8)).isEqualTo(document);
  }

  @Test
  void goesOnWhenAPageEndsEarly() {
    answers("workout", OuraSamples.page("more"));

    HistoryPage page = page("workout", Optional.empty());

    assertThat(page.records()).isEmpty();
    assertThat(page.cursor()).contains("page:2:more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\""})
  void endsWhereThereIsNoToken(String token) {
    answers("workout", "{\"data\":[],\"next_token\":" + token + "}");
    assertThat(page("workout", Optional.empty()).cursor()).isEmpty();

    answers("workout", "{\"data\":[]}");
    assertThat(page("workout", Optional.empty()).cursor()).isEmpty();
  }

  @Test
  void carriesAnyTokenAndSendsItEncoded() {
    answers("workout", "{\"data\":[],\"next_token\":\"a:b&c=\u00e9 \"}");
    Optional<String> cursor = page("workout", Optional.empty()).cursor();
    answers("workout", OuraSamples.list());
    page("workout", cursor);

    assertThat(host.vendor().calls(LISTS + "workout").getLast().query())
        .endsWith("&next_token=a%3Ab%26c%3D%C3%A9+");
  }

  @Test
  void endsWhereAPageRepeats() {
    answers("workout", OuraSamples.page("same"));
    Optional<String> cursor = page("workout", Optional.empty()).cursor();

    assertThatThrownBy(() -> page("workout", cursor))
        .isInstanceOf(VendorApiException.class)
        .hasMessageContaining("repeats");
  }

  /** Two pages that name each other: no host may go round there for ever. */
  @Test
  void endsWherePagesLeadInACircle() {
    host.vendor().on("GET", LISTS + "workout", pages(OuraLists.MOST_PAGES + 1));
    Optional<String> cursor = Optional.empty();
    for (int i = 0; i < OuraLists.MOST_PAGES; i++) {
      cursor = page("workout", cursor).cursor();
    }
    Optional<String> last = cursor;

    assertThatThrownBy(() -> page("workout", last)).isInstanceOf(VendorApiException.class);
    assertThat(host.vendor().calls(LISTS + "workout")).hasSize(OuraLists.MOST_PAGES);
  }

  @Test
  void endsWhereTheRowsOfADayLeadInACircle() {
    host.vendor().on("GET", LISTS + "heartrate", pages(OuraLists.MOST_PAGES + 1));

    assertThatThrownBy(() -> page("heartrate", Optional.empty()))
        .isInstanceOf(VendorApiException.class);
    assertThat(host.vendor().calls(LISTS + "heartrate")).hasSize(OuraLists.MOST_PAGES);
  }

  private static StubReply[] pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> StubReply.json(200, OuraSamples.page(i % 2 == 0 ? "even" : "odd")))
        .toArray(StubReply[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"data\":{}}",
        "{\"data\":[],\"next_token\":17}",
        "{\"data\":null,\"next_token\":null}",
        "{\"data\":[",
        "<html></html>"
      })
  void takesNothingForAPageThatIsNone(String body) {
    for (String type : List.of("workout", "heartrate")) {
      answers(type, body);
      assertThatThrownBy(() -> page(type, Optional.empty())).isInstanceOf(VendorApiException.class);
    }
  }

  @Test
  void takesA404ForAFaultAndNotForAnEmptyList() {
    for (String type : List.of("workout", "heartrate", "personal_info")) {
      host.vendor().on("GET", LISTS + type, StubReply.status(404));
      assertThatThrownBy(() -> page(type, Optional.empty()))
          .isInstanceOfSatisfying(
              VendorApiException.class, fault -> assertThat(fault.statusCode()).isEqualTo(404));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"day\":\"2026-01-12\"}",
        "{\"id\":\"\",\"day\":\"2026-01-12\"}",
        "{\"id\":\"../x\",\"day\":\"2026-01-12\"}",
        "{\"id\":null,\"day\":\"2026-01-12\"}",
        "{\"id\":7,\"day\":\"2026-01-12\"}",
        "7"
      })
  void leavesOutADocumentWithoutAUsableIdAndKeepsTheOthers(String nameless) {
    answers("workout", OuraSamples.list(nameless, OuraSamples.daily("w-1", "2026-01-12")));

    assertThat(ids(page("workout", Optional.empty()))).containsExactly("w-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'timestamp':'2026-01-14T08:00:00.000Z','bpm':61}",
        "{'timestamp':'2026-01-14T09:00:00+01:00','bpm':61}",
        "{'timestamp':'2026-01-14T08:00:00','bpm':61}",
        "{'timestamp':'soon','timestamp_unix':1768377600000,'bpm':61}",
        "{'timestamp_unix':1768377600000,'bpm':61}",
        "{'bpm':61}"
      })
  void losesNoRowHoweverItsTimeIsWritten(String row) {
    String sent = row.replace('\'', '"');
    answers("heartrate", OuraSamples.list(sent));

    assertThat(page("heartrate", Optional.empty()).records())
        .singleElement()
        .satisfies(
            day -> {
              assertThat(day.resource()).isEqualTo(Resource.one("heartrate", "2026-01-14"));
              assertThat(new String(day.bytes(), UTF_8)).isEqualTo("{\"data\":[" + sent + "]}");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "page:x:y", "page:2:", "day:2026-01-14"})
  void readsNoCursorThatItNeverWrote(String cursor) {
    for (String type : List.of("workout", "heartrate")) {
      assertThatThrownBy(() -> page(type, Optional.of(cursor)))
          .isInstanceOfAny(ConnectorException.class, IllegalArgumentException.class);
    }
    assertThat(host.vendor().calls()).isEmpty();
  }

  @Test
  void takesSandboxDataOfAllButThePerson() {
    try (FakeHost sandbox =
        FakeHost.of(new OuraConnectorFactory(), config -> config.setting("sandbox", "true"))) {
      FakeConnection there = sandbox.connection(Credentials.access(Secret.of("made-up-token")));
      for (String path :
          List.of("sandbox/usercollection/sleep", "sandbox/usercollection/heartrate")) {
        sandbox.vendor().on("GET", "/base/v2/" + path, StubReply.json(200, OuraSamples.list()));
      }
      sandbox.vendor().on("GET", LISTS + "personal_info", StubReply.json(200, OuraSamples.PERSON));
      for (String type : List.of("sleep", "heartrate", "personal_info")) {
        sandbox
            .connector()
            .history()
            .orElseThrow()
            .page(there, FakeHistoryQuery.of(type, FROM, TO));
      }

      assertThat(sandbox.vendor().calls())
          .extracting(RecordedCall::path)
          .containsExactly(
              "/base/v2/sandbox/usercollection/sleep",
              "/base/v2/sandbox/usercollection/heartrate",
              LISTS + "personal_info");
    }
  }

  private void answers(String type, String body) {
    host.vendor().on("GET", LISTS + type, StubReply.json(200, body));
  }

  private String query(String type) {
    return host.vendor().calls(LISTS + type).getFirst().query();
  }

  private HistoryPage page(String type, Optional<String> cursor) {
    FakeHistoryQuery first = FakeHistoryQuery.of(type, FROM, TO);
    return host.connector()
        .history()
        .orElseThrow()
        .page(connection, cursor.map(first::after).orElse(first));
  }

  private static List<String> ids(HistoryPage page) {
    return page.records().stream().map(record -> record.resource().id().orElseThrow()).toList();
  }
}
