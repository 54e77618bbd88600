package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How a connector with the role of history gives it. */
interface HistoryCases extends ConnectorUnderTest {
  @Test
  default void showsHistoryOfEveryTypeThatHasIt() {
    Set<String> shown =
        histories().stream().map(HistorySample::resourceType).collect(Collectors.toSet());
    assertThat(shown)
        .as("types in histories(): with history(), each that is not declared withoutHistory()")
        .isEqualTo(listed());
  }

  private Set<String> listed() {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      return host.connector().history().isEmpty()
          ? Set.of()
          : factory().descriptor().resources().values().stream()
              .filter(ResourceType::hasHistory)
              .map(ResourceType::name)
              .collect(Collectors.toSet());
    }
  }

  @TestFactory
  default Stream<DynamicTest> givesEveryPageOfHistoryWithTheVendorsBytesUntouched() {
    return HistoryCall.eachSample(
        this,
        call -> {
          call.isAnsweredFrom(0);
          List<HistoryPage> pages = call.pages(call.linked());
          List<HistorySample.Page> shown = call.sample().pages();
          for (int i = 0; i < Math.min(pages.size(), shown.size()); i++) {
            assertSame(pages.get(i), shown.get(i), i);
          }
          assertThat(pages).as("pages until one gives no cursor").hasSameSizeAs(shown);
        });
  }

  @TestFactory
  default Stream<DynamicTest> givesHistoryOfNoOtherTypeThanWasAskedFor() {
    return HistoryCall.eachSample(
        this,
        call -> {
          call.isAnsweredFrom(0);
          assertThat(call.records(call.linked()))
              .extracting(record -> record.resource().type())
              .as("types of records in the " + call.sample())
              .allMatch(call.sample().resourceType()::equals);
        });
  }

  @TestFactory
  default Stream<DynamicTest> asksForEachPageOfHistoryWithItsCursor() {
    return HistoryCall.eachSample(
        this,
        call -> {
          call.isAnsweredFrom(0);
          call.pages(call.linked());
          assertThat(call.askedFrom(0))
              .as("what the vendor was asked for each page")
              .doesNotHaveDuplicates();
        });
  }

  @TestFactory
  default Stream<DynamicTest> goesOnWithHistoryAtAHostThatKnowsOnlyTheCursor() {
    return HistoryCall.eachSample(
        this,
        call -> {
          assumeTrue(call.sample().pages().size() > 1, "there is but one page");
          call.isAnsweredFrom(0);
          List<HistoryPage> pages = call.pages(call.linked());
          for (int i = 1; i < call.sample().pages().size(); i++) {
            try (FakeHost fresh = FakeHost.of(factory(), this::configure)) {
              HistoryCall there = call.at(fresh);
              there.isAnsweredFrom(i);
              HistoryPage page = there.page(there.linked(), pages.get(i - 1).cursor());
              assertSame(page, call.sample().pages().get(i), i);
              assertThat(there.askedFrom(i).getFirst())
                  .as("what is asked for page " + (i + 1))
                  .isEqualTo(call.askedFrom(0).get(i));
            }
          }
        });
  }

  @TestFactory
  default Stream<DynamicTest> givesTheSameDocumentInHistoryAsInAFetch() {
    return HistoryCall.eachSample(
        this,
        call -> {
          call.isAnsweredFrom(0);
          FakeConnection connection = call.linked();
          for (VendorData record : call.records(connection)) {
            for (ResourceSample sample : resources()) {
              if (sample.resource().equals(record.resource())) {
                Exchange.play(call.host(), sample.exchanges());
                assertFetches(call, connection, record);
              }
            }
          }
        });
  }

  private static void assertFetches(
      HistoryCall call, FakeConnection connection, VendorData record) {
    FetchResult result = call.host().connector().fetchData(connection, record.resource());
    assertThat(result).isInstanceOf(FetchResult.Found.class);
    if (result instanceof FetchResult.Found found) {
      assertThat(shown(found.documents())).contains(shown(record));
    }
  }

  /** Else nothing would show that one document has one id, however the host comes by it. */
  @Test
  default void showsADocumentInHistoryUnderTheIdOfItsFetchAndItsNotice() {
    for (String type : listed()) {
      Set<Resource> inHistory =
          histories().stream()
              .flatMap(sample -> sample.records().stream())
              .map(VendorData::resource)
              .filter(resource -> resource.type().equals(type))
              .collect(Collectors.toSet());
      assertThat(resources().stream().map(ResourceSample::resource))
          .as("a resource of %s in resources() that is in histories() too: %s", type, inHistory)
          .anyMatch(inHistory::contains);
      List<Resource> told = told(type);
      assertThat(told)
          .as("a resource of %s in events() that is in histories() too: %s", type, inHistory)
          .matches(list -> list.isEmpty() || list.stream().anyMatch(inHistory::contains));
    }
  }

  private List<Resource> told(String type) {
    return events().stream()
        .flatMap(sample -> sample.told().stream())
        .flatMap(notice -> Notices.resource(notice).stream())
        .filter(resource -> resource.type().equals(type))
        .toList();
  }

  @Test
  default void refusesHistoryOfATypeThatHasNone() {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      assumeTrue(host.connector().history().isPresent(), "the connector gives no history");
      History history = host.connector().history().orElseThrow();
      FakeConnection connection =
          host.connection(
              credentials(
                  Leaks.OLD_ACCESS,
                  Leaks.OLD_REFRESH,
                  host.context().clock().instant().plusSeconds(3600)));
      for (String type : typesWithoutHistory()) {
        assertThatThrownBy(
                () ->
                    history.page(
                        connection,
                        FakeHistoryQuery.of(type, Instant.EPOCH, Instant.EPOCH.plusSeconds(1))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(type);
      }
      assertThat(host.vendor().calls()).isEmpty();
    }
  }

  private List<String> typesWithoutHistory() {
    List<String> types = new ArrayList<>(List.of("no_such_type"));
    factory().descriptor().resources().values().stream()
        .filter(type -> !type.hasHistory())
        .forEach(type -> types.add(type.name()));
    return types;
  }

  private static void assertSame(HistoryPage page, HistorySample.Page sample, int index) {
    assertThat(shown(page.records()))
        .as("records of page " + (index + 1))
        .isEqualTo(shown(sample.records()));
  }

  private static List<String> shown(List<VendorData> records) {
    return records.stream().map(HistoryCases::shown).toList();
  }

  /** Each byte as one character: equal text means equal bytes. */
  private static String shown(VendorData record) {
    return "%s (%s) %s"
        .formatted(
            record.resource(),
            record.mediaType(),
            new String(record.bytes(), StandardCharsets.ISO_8859_1));
  }
}
