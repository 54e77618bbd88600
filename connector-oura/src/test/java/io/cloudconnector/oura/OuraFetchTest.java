package io.cloudconnector.oura;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.StubReply;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is fetched besides single documents, what never reaches Oura, and why Oura refuses. */
class OuraFetchTest {
  private static final String LISTS = "/base/v2/usercollection/";
  private static final Instant FROM = Instant.parse("2026-01-13T12:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2026-01-14");

  private final FakeHost host = FakeHost.of(new OuraConnectorFactory());
  private final FakeConnection connection =
      host.connection(Credentials.access(Secret.of("made-up-token")));

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void asksOuraForNothingItDoesNotHave() {
    List<Resource> impossible =
        List.of(
            Resource.one("personal_info", "1"),
            Resource.one("heartrate", "1"),
            Resource.one("heartrate", "2026-02-30"),
            Resource.one("ring_battery_level", "2026-1-4"),
            Resource.one("vO2_max", "v-1"),
            Resource.one("meal", "m-1"),
            Resource.range("personal_info", FROM, FROM.plusSeconds(1)),
            Resource.range("ring_configuration", FROM, FROM.plusSeconds(1)),
            Resource.range("sleep", FROM, FROM.plus(Duration.ofDays(31))),
            Resource.range("heartrate", FROM, FROM.plus(Duration.ofDays(8))),
            Resource.days("heartrate", DAY, DAY),
            Resource.days("sleep", DAY, DAY.plusDays(30)));

    for (Resource resource : impossible) {
      assertThatIllegalArgumentException()
          .as(resource.toString())
          .isThrownBy(() -> host.connector().fetchData(connection, resource));
    }
    assertThat(host.vendor().calls()).isEmpty();
  }

  @Test
  void fetchesTheDocumentsThatOuraCountsToSomeDays() {
    host.vendor()
        .on(
            "GET",
            LISTS + "sleep",
            json(OuraSamples.page("more", OuraSamples.daily("before", "2026-01-13"))),
            json(
                OuraSamples.list(
                    OuraSamples.SLEEP,
                    OuraSamples.daily("after", "2026-01-15"),
                    "{\"id\":\"x\"}")));

    assertThat(ids(Resource.days("sleep", DAY, DAY))).containsExactly(OuraSamples.SLEEP_ID, "x");
    assertThat(host.vendor().calls(LISTS + "sleep").getFirst().query())
        .isEqualTo("end_date=2026-01-16&start_date=2026-01-13");
  }

  @Test
  void fetchesTheDocumentsThatTouchASpan() {
    host.vendor()
        .on(
            "GET",
            LISTS + "sleep",
            json(OuraSamples.list(OuraSamples.SLEEP, OuraSamples.daily("far", "2026-01-16"))));

    assertThat(ids(Resource.range("sleep", FROM, FROM.plus(Duration.ofHours(12)))))
        .containsExactly(OuraSamples.SLEEP_ID);
  }

  @Test
  void fetchesTheDaysOfASeriesThatTouchASpan() {
    host.vendor()
        .on(
            "GET",
            LISTS + "heartrate",
            json(
                OuraSamples.list(
                    OuraSamples.heartrate("2026-01-13T13:00:00Z", 60),
                    OuraSamples.heartrate("2026-01-14T01:00:00Z", 61))));

    assertThat(ids(Resource.range("heartrate", FROM, FROM.plus(Duration.ofDays(1)))))
        .containsExactly("2026-01-13", "2026-01-14");
  }

  @Test
  void findsNothingOfADayWithoutRows() {
    host.vendor().on("GET", LISTS + "heartrate", json(OuraSamples.list()));

    assertThat(host.connector().fetchData(connection, Resource.one("heartrate", "2026-01-14")))
        .isInstanceOf(FetchResult.Gone.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'detail':'Invalid next_token'} | : Invalid next_token",
        "{'detail':[{'loc':['query','start_date'],'msg':'not a date','type':'t','input':'41 kg'}]}"
            + " | : query.start_date not a date",
        "{'detail':[{'msg':'one'},{'loc':['body',0,'x'],'msg':'two'}]} | : one; body.x two",
        "{'detail':'no such person as ann@example.com'} | : no such person as ***",
        "{'detail':[17,'text',{'loc':3,'msg':4}]} | ''",
        "{'detail':{'a':'b'}} | ''",
        "{'detail':null} | ''",
        "{'error':'41 kg'} | ''",
        "<html>41 kg</html> | ''"
      })
  void tellsWhyOuraCannotProcessARequest(String body, String why) {
    host.vendor().on("GET", LISTS + "sleep/2-a", StubReply.json(422, body.replace('\'', '"')));

    assertThatThrownBy(() -> host.connector().fetchData(connection, Resource.one("sleep", "2-a")))
        .isInstanceOfSatisfying(
            VendorApiException.class, fault -> assertThat(fault.statusCode()).isEqualTo(422))
        .hasMessage("oura answered 422 to GET 127.0.0.1" + LISTS + "sleep/2-a" + why);
  }

  @Test
  void tellsNoMoreThanAFewWordsOfIt() {
    host.vendor()
        .on(
            "GET",
            LISTS + "sleep/2-a",
            StubReply.json(
                422, "{\"detail\":\"value 'secret of ann' " + "and so on ".repeat(99) + "\"}"));

    assertThatThrownBy(() -> host.connector().fetchData(connection, Resource.one("sleep", "2-a")))
        .hasMessageContaining("value *** and so on")
        .hasMessageNotContaining("ann")
        .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(300));
  }

  private List<String> ids(Resource resource) {
    FetchResult result = host.connector().fetchData(connection, resource);
    assertThat(result).isInstanceOf(FetchResult.Found.class);
    return ((FetchResult.Found) result)
        .documents().stream()
            .map(VendorData::resource)
            .map(found -> found.id().orElseThrow())
            .toList();
  }

  private static StubReply json(String text) {
    return StubReply.json(200, text);
  }
}
