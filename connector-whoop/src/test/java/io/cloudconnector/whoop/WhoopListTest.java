package io.cloudconnector.whoop;

import static io.cloudconnector.whoop.WhoopSamples.SLEEP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.testkit.FakeHistoryQuery;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What WHOOP is asked for a page, and what is made of its answer. */
class WhoopListTest {
  private static final String PATH = "/base/v2/activity/sleep";
  private static final FakeHistoryQuery FIRST =
      FakeHistoryQuery.of(
          "sleep",
          Instant.parse("2026-01-01T00:00:00.000400Z"),
          Instant.parse("2026-01-15T00:00:00.000400Z"));

  private final FakeHost host = FakeHost.of(new WhoopConnectorFactory());

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void asksForTheSpanInWholeMillisecondsAndAsManyAsThereMayBe() {
    page(WhoopSamples.lastList(""), FIRST);

    assertThat(query())
        .isEqualTo("start=2026-01-01T00%3A00%3A00Z&end=2026-01-15T00%3A00%3A00.001Z&limit=25");
  }

  @Test
  void asksForTheNextPageOfTheSameSpan() {
    page(WhoopSamples.lastList(""), FIRST.after("a+b/c=="));

    assertThat(query())
        .startsWith("start=2026-01-01T00%3A00%3A00Z&end=2026-01-15")
        .endsWith("&limit=25&nextToken=a%2Bb%2Fc%3D%3D");
  }

  @Test
  void goesOnWithWhoopsOwnToken() {
    HistoryPage page = page(WhoopSamples.list(WhoopSamples.SLEEP), FIRST);

    assertThat(page.cursor()).contains(WhoopSamples.NEXT);
  }

  @Test
  void goesOnAfterAnEmptyPageWhenWhoopSaysSo() {
    HistoryPage page = page(WhoopSamples.list(""), FIRST);

    assertThat(page.records()).isEmpty();
    assertThat(page.cursor()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"records\":[]}",
        "{\"records\":[],\"next_token\":null}",
        "{\"records\":[],\"next_token\":\"\"}"
      })
  void endsWithoutAToken(String json) {
    assertThat(page(json, FIRST).cursor()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"records\":null}",
        "{\"records\":{}}",
        "{\"records\":[],\"next_token\":7}",
        "{\"records\":[],\"records\":[]}"
      })
  void isAFailureOfWhoopWhenThePageIsNotOneOfItsLists(String json) {
    assertThatThrownBy(() -> page(json, FIRST)).isInstanceOf(VendorApiException.class);
  }

  /** Else one of them would hold up all others of its type for ever. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"nap\":true}",
        "{\"id\":null}",
        "{\"id\":12345}",
        "{\"id\":\"../../user/access\"}"
      })
  void leavesOutARecordThatCannotBeNamed(String record) {
    String page = WhoopSamples.list(record + "," + WhoopSamples.SLEEP);

    assertThat(page(page, FIRST).records())
        .singleElement()
        .satisfies(each -> assertThat(each.resource().id()).contains(SLEEP_ID));
  }

  @Test
  void aListThatIsNotThereIsNoEmptyList() {
    host.vendor().on("GET", PATH, StubReply.status(404));

    assertThatThrownBy(() -> page(FIRST))
        .isInstanceOfSatisfying(
            VendorApiException.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  private String query() {
    return host.vendor().calls(PATH).stream().map(RecordedCall::query).toList().getLast();
  }

  private HistoryPage page(String json, FakeHistoryQuery query) {
    host.vendor().on("GET", PATH, StubReply.json(200, json));
    return page(query);
  }

  private HistoryPage page(FakeHistoryQuery query) {
    return host.connector()
        .history()
        .orElseThrow()
        .page(host.connection(Credentials.access(Secret.of("made-up-token"))), query);
  }
}
