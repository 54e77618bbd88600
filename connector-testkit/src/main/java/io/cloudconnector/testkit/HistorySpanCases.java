package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.VendorData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That a connector gives history of the span it is asked for. Which documents the vendor would have
 * given for another span is not known here; but for a single second of it the vendor must be asked
 * something else, or less must come out.
 */
interface HistorySpanCases extends ConnectorUnderTest {
  @TestFactory
  default Stream<DynamicTest> givesNoHistoryFromBeforeTheSpan() {
    return heeds("query.from()", HistorySample::lastSecond);
  }

  @TestFactory
  default Stream<DynamicTest> givesNoHistoryFromAfterTheSpan() {
    return heeds("query.to()", HistorySample::firstSecond);
  }

  /** Vendors differ in what they say then: a list without rows, a 404, something else. */
  @Test
  default void showsASpanInWhichThereIsNothing() {
    assumeTrue(
        histories().stream().anyMatch(HistorySample::isOfASpan), "no history comes with a span");
    assertThat(histories())
        .as(
            "samples in histories(), of which one should show what the vendor answers to a span in"
                + " which there is nothing: HistorySample.of(…).page(Exchange…) without records")
        .anyMatch(sample -> sample.records().isEmpty());
  }

  private Stream<DynamicTest> heeds(String end, UnaryOperator<HistorySample> narrowed) {
    return HistoryCall.eachSample(
        this,
        call -> {
          assumeTrue(call.sample().isOfASpan(), "given whatever the span");
          List<String> whole = new ArrayList<>();
          call.isAnsweredFrom(0);
          call.records(call.linked()).forEach(record -> whole.add(shown(record)));
          call.dataCalls().forEach(asked -> whole.add(asked.question()));

          assertThat(given(call, narrowed.apply(call.sample())))
              .as(
                  "what comes out and what is asked for a second of the %s, other than for the"
                      + " whole: hand %s to the vendor, or leave out what it says is outside of it;"
                      + " where documents tell no time, HistorySample.whateverTheSpan() says so",
                  call.sample(), end)
              .isNotEqualTo(whole);
        });
  }

  /** A failure is as good as less: the samples do not show what the vendor says to this. */
  private List<String> given(HistoryCall call, HistorySample narrow) {
    List<String> given = new ArrayList<>();
    try (FakeHost another = FakeHost.of(factory(), this::configure)) {
      HistoryCall there = call.at(another, narrow);
      there.isAnsweredFrom(0);
      Throwable thrown =
          catchThrowable(
              () -> there.records(there.linked()).forEach(record -> given.add(shown(record))));
      if (thrown != null) {
        given.add(thrown.toString());
      }
      there.dataCalls().forEach(asked -> given.add(asked.question()));
    }
    return given;
  }

  private static String shown(VendorData record) {
    return record.resource().toString();
  }
}
