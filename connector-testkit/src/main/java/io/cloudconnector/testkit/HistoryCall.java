package io.cloudconnector.testkit;

import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.VendorData;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * One of the calls that page through a sample, at a host of its own, to be answered differently
 * from what the sample says.
 */
record HistoryCall(ConnectorUnderTest connector, FakeHost host, HistorySample sample, int index)
    implements Staged {
  /** A test for each sample. */
  static Stream<DynamicTest> eachSample(ConnectorUnderTest connector, Consumer<HistoryCall> test) {
    return connector.histories().stream()
        .map(sample -> at(connector, sample, 0, sample.toString(), test));
  }

  /** A test for each call of each sample. */
  static Stream<DynamicTest> each(ConnectorUnderTest connector, Consumer<HistoryCall> test) {
    return connector.histories().stream()
        .flatMap(
            sample ->
                IntStream.range(0, sample.exchangesFrom(0).size())
                    .mapToObj(
                        index ->
                            at(connector, sample, index, sample + ", call " + (index + 1), test)));
  }

  private static DynamicTest at(
      ConnectorUnderTest connector,
      HistorySample sample,
      int index,
      String name,
      Consumer<HistoryCall> test) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try (FakeHost host = FakeHost.of(connector.factory(), connector::configure)) {
            test.accept(new HistoryCall(connector, host, sample, index));
          }
        });
  }

  /** The same, at another host that knows nothing. */
  HistoryCall at(FakeHost another) {
    return new HistoryCall(connector, another, sample, index);
  }

  /** Another sample, at another host that knows nothing. */
  HistoryCall at(FakeHost another, HistorySample other) {
    return new HistoryCall(connector, another, other, 0);
  }

  /** Whether this is a first page of a list that the samples show to be 404 where it is empty. */
  boolean mayFindNothingBy404() {
    String address = sample.exchangesFrom(0).get(index).address(host);
    return index < sample.pages().getFirst().exchanges().size()
        && connector.histories().stream()
            .filter(other -> other.records().isEmpty())
            .flatMap(other -> other.exchangesFrom(0).stream())
            .anyMatch(shown -> shown.reply().isNotFound() && shown.address(host).equals(address));
  }

  /** All calls are answered as the sample says, from those for this page on. */
  void isAnsweredFrom(int page) {
    Exchange.play(host, sample.exchangesFrom(page));
  }

  /** Answers this call so, one after another; all others as the sample says. */
  void isAnswered(StubReply... replies) {
    Exchange.play(host, sample.exchangesFrom(0), index, List.of(replies));
  }

  StubReply asTheSampleSays() {
    return sample.exchangesFrom(0).get(index).reply();
  }

  /** The first page, or the one after the cursor. */
  HistoryPage page(FakeConnection connection, Optional<String> cursor) {
    FakeHistoryQuery first = sample.query();
    return host.connector()
        .history()
        .orElseThrow(() -> new AssertionError("histories() shows what history() does not give"))
        .page(connection, cursor.map(first::after).orElse(first));
  }

  /** Page after page, until there is none or one more than the sample has. */
  List<HistoryPage> pages(FakeConnection connection) {
    List<HistoryPage> pages = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      HistoryPage page = page(connection, cursor);
      pages.add(page);
      cursor = page.cursor();
    } while (cursor.isPresent() && pages.size() <= sample.pages().size());
    return pages;
  }

  List<VendorData> records(FakeConnection connection) {
    return pages(connection).stream().flatMap(page -> page.records().stream()).toList();
  }

  /** What the vendor was asked for each page, if each took as many calls as the sample shows. */
  List<String> askedFrom(int first) {
    List<String> asked = new ArrayList<>();
    Iterator<RecordedCall> calls = dataCalls().iterator();
    for (HistorySample.Page page : sample.pages().subList(first, sample.pages().size())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < page.exchanges().size() && calls.hasNext(); i++) {
        all.append(calls.next().question()).append('\n');
      }
      asked.add(all.toString());
    }
    return asked;
  }
}
