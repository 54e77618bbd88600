package io.cloudconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theQuantileIsTheSmallestValueThatEnoughDoNotExceed() {
    Samples samples = Samples.of(IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());
    assertThat(samples.quantile(0.99)).isEqualTo(99);
    assertThat(samples.quantile(0.5)).isEqualTo(50);
    assertThat(samples.least()).isEqualTo(1);
    assertThat(samples.most()).isEqualTo(100);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    assertThat(Samples.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    assertThat(Samples.of(9, 1, 3).median()).isEqualTo(3);
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(Samples.of().median()).isNaN();
    assertThat(Samples.of().quantile(0.99)).isNaN();
  }
}
