package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * One of the calls that fetch a sample, at a host of its own, to be answered differently from what
 * the sample says.
 */
record VendorCall(ConnectorUnderTest connector, FakeHost host, ResourceSample sample, int index)
    implements Staged {
  /** A test for each call of each sample. */
  static Stream<DynamicTest> each(ConnectorUnderTest connector, Consumer<VendorCall> test) {
    return connector.resources().stream()
        .flatMap(
            sample ->
                IntStream.range(0, sample.exchanges().size())
                    .mapToObj(index -> at(connector, sample, index, test)));
  }

  private static DynamicTest at(
      ConnectorUnderTest connector, ResourceSample sample, int index, Consumer<VendorCall> test) {
    return DynamicTest.dynamicTest(
        sample.resource() + ", call " + (index + 1),
        () -> {
          try (FakeHost host = FakeHost.of(connector.factory(), connector::configure)) {
            test.accept(new VendorCall(connector, host, sample, index));
          }
        });
  }

  /** Answers this call so, one after another; all others as the sample says. */
  void isAnswered(StubReply... replies) {
    Exchange.play(host, sample.exchanges(), index, List.of(replies));
  }

  StubReply asTheSampleSays() {
    return sample.exchanges().get(index).reply();
  }

  /** Whether the samples show that the vendor says 404 to this call where it has nothing. */
  boolean mayFindNothingBy404() {
    String address = sample.exchanges().get(index).address(host);
    return connector.resources().stream()
        .filter(other -> other.document().isEmpty())
        .flatMap(other -> other.exchanges().stream())
        .anyMatch(shown -> shown.reply().isNotFound() && shown.address(host).equals(address));
  }

  static void assertNothing(FetchResult result) {
    assertThat(result)
        .as(
            "what a fetch finds where the vendor has nothing: FetchResult.found(List.of()), since"
                + " gone would tell the operator of a deletion")
        .isInstanceOfSatisfying(
            FetchResult.Found.class, found -> assertThat(found.documents()).isEmpty());
  }

  /** What the descriptor says of the sample's type. */
  ResourceType declared() {
    return Optional.ofNullable(
            connector.factory().descriptor().resources().get(sample.resource().type()))
        .orElseThrow();
  }

  FetchResult fetch(FakeConnection connection) {
    return host.connector().fetchData(connection, sample.resource());
  }
}
