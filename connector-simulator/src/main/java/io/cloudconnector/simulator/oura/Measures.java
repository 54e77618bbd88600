package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.Digits;
import io.cloudconnector.simulator.JsonText;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Measured values, drawn at random within what a healthy person shows. Not thread-safe. */
final class Measures {
  private final RandomGenerator random;
  private final Digits digits;

  Measures(RandomGenerator random) {
    this.random = random;
    this.digits = new Digits(random);
  }

  /** A whole number, both ends included. */
  String whole(int low, int high) {
    return Integer.toString(random.nextInt(low, high + 1));
  }

  String decimal(double low, double high) {
    return digits.between(low, high);
  }

  /** Now and then Oura has no value, and says null. */
  String mostly(Supplier<String> value) {
    return chance(12) ? "null" : value.get();
  }

  /** A mark out of a hundred, or null. */
  String score() {
    return mostly(() -> whole(35, 100));
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** So many characters, one for each stretch of time. */
  String letters(String alphabet, int count) {
    StringBuilder out = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  /** Values at a fixed interval, some of them missing. */
  JsonText sample(OffsetDateTime from, int seconds, int count, Supplier<String> value) {
    return JsonText.object()
        .number("interval", seconds + ".0")
        .numbers("items", Stream.generate(() -> mostly(value)).limit(count).toList())
        .text("timestamp", OuraTime.localized(from));
  }

  /** Marks of these names, each a score. */
  JsonText contributors(String... names) {
    JsonText json = JsonText.object();
    Stream.of(names).forEach(name -> json.orNull(name, score()));
    return json;
  }
}
