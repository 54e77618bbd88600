package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.simulator.whoop.ScoreState;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeHistoryQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** WHOOP's lists, page by page, against a whole WHOOP cloud. */
class WhoopHistoryTest extends BeforeWhoopCloud {
  @Test
  void givesEachDocumentOfTheSpanOnceAsAFetchGivesIt() throws Exception {
    person = cloud.person(cloud.addPerson(50));
    FakeConnection connection = connection(link());

    for (String type : List.of("cycle", "sleep", "recovery", "workout")) {
      List<VendorData> records = history(connection, type, Instant.EPOCH, clock.instant());
      assertThat(records)
          .as("more %s than a page holds, newest first", type)
          .hasSizeGreaterThan(25)
          .extracting(record -> record.resource().id().orElseThrow())
          .isEqualTo(person.ids(type));
      for (VendorData record : records) {
        clock.advance(Duration.ofSeconds(2));
        assertThat(record.bytes())
            .as(record.resource().toString())
            .isEqualTo(bytes(connection, record.resource()));
      }
    }
    assertThat(cloud.limits().refused()).isZero();
  }

  @Test
  void givesOnlyTheDocumentsThatTouchTheSpan() throws Exception {
    person = cloud.person(cloud.addPerson(50));
    FakeConnection connection = connection(link());
    Instant middle = clock.instant().minus(Duration.ofDays(25));

    for (String type : List.of("cycle", "sleep", "recovery", "workout")) {
      List<String> newer = ids(history(connection, type, middle, clock.instant()));
      List<String> older = ids(history(connection, type, Instant.EPOCH, middle));
      List<String> both = Stream.concat(newer.stream(), older.stream()).distinct().toList();
      assertThat(both).as(type).isEqualTo(person.ids(type));
      assertThat(newer.size() + older.size()).as(type).isLessThanOrEqualTo(both.size() + 1);
      assertThat(newer).isNotEmpty();
      assertThat(older).isNotEmpty();
    }
  }

  @Test
  void givesTheOnlyDocumentOfATypeWhateverTheSpan() throws Exception {
    FakeConnection connection = connection(link());

    for (String type : List.of("profile", "body_measurement")) {
      assertThat(history(connection, type, Instant.EPOCH, Instant.EPOCH.plusSeconds(1)))
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.resource()).isEqualTo(Resource.all(type));
                assertThat(record.bytes()).isEqualTo(person.document(type, ""));
              });
    }
  }

  @Test
  void givesWhatIsNotScoredYet() throws Exception {
    FakeConnection connection = connection(link());
    String workout = person.ids("workout").getFirst();
    person.rescore("workout", workout, ScoreState.PENDING_SCORE);

    VendorData newest = history(connection, "workout", Instant.EPOCH, clock.instant()).getFirst();
    assertThat(newest.resource()).isEqualTo(Resource.one("workout", workout));
    assertThat(new String(newest.bytes(), StandardCharsets.UTF_8)).contains("PENDING_SCORE");
  }

  private static List<String> ids(List<VendorData> records) {
    return records.stream().map(record -> record.resource().id().orElseThrow()).toList();
  }

  private List<VendorData> history(Connection connection, String type, Instant from, Instant to) {
    FakeHistoryQuery first = FakeHistoryQuery.of(type, from, to);
    History history = connector.history().orElseThrow();
    List<VendorData> records = new ArrayList<>();
    HistoryPage page = history.page(connection, first);
    records.addAll(page.records());
    while (page.cursor().isPresent()) {
      page = history.page(connection, first.after(page.cursor().get()));
      records.addAll(page.records());
    }
    return records;
  }
}
