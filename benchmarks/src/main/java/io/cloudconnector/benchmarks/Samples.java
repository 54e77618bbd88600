package io.cloudconnector.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Measured values, sorted. */
record Samples(List<Double> sorted) {
  static Samples of(double... values) {
    return new Samples(Arrays.stream(values).sorted().boxed().toList());
  }

  static Samples of(List<Double> values) {
    return new Samples(values.stream().sorted().toList());
  }

  static Samples ofNanosAsMillis(long... nanos) {
    return of(Arrays.stream(nanos).mapToDouble(n -> n / 1e6).toArray());
  }

  /** The smallest value that is not exceeded by this share of all. */
  double quantile(double share) {
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.clamp(index, 0, sorted.size() - 1));
  }

  double median() {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : sorted.isEmpty() ? Double.NaN : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  double least() {
    return quantile(0);
  }

  double most() {
    return quantile(1);
  }
}
