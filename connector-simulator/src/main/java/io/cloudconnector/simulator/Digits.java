package io.cloudconnector.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.random.RandomGenerator;

/**
 * Decimal numbers in the many ways in which JSON may write them: with trailing zeros, with more
 * digits than a double holds, with an exponent. Reading and writing them again as a double would
 * change them. Not thread-safe.
 */
public final class Digits {
  private final RandomGenerator random;

  /** Spellings drawn from this generator. */
  public Digits(RandomGenerator random) {
    this.random = random;
  }

  /** A number from {@code low} to {@code high}, in some spelling. */
  public String between(double low, double high) {
    BigDecimal value = BigDecimal.valueOf(random.nextDouble(low, high));
    return switch (random.nextInt(6)) {
      case 0 -> value.setScale(2, RoundingMode.DOWN).setScale(5, RoundingMode.DOWN).toPlainString();
      case 1 -> value.setScale(1, RoundingMode.DOWN).toPlainString();
      case 2 -> exact(value);
      case 3 -> value.setScale(4, RoundingMode.DOWN).unscaledValue() + "E-4";
      default ->
          Float.toString(value.floatValue()).contains("E")
              ? value.setScale(3, RoundingMode.DOWN).toPlainString()
              : Float.toString(value.floatValue());
    };
  }

  private String exact(BigDecimal value) {
    StringBuilder digits = new StringBuilder(value.setScale(6, RoundingMode.DOWN).toPlainString());
    for (int i = 0; i < 18; i++) {
      digits.append((char) ('1' + random.nextInt(9)));
    }
    return digits.toString();
  }
}
