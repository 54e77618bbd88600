package io.cloudconnector.host.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant: by edit distance (Levenshtein), blind to case. */
final class Nearest {
  private Nearest() {}

  /** A suggestion in words: the nearest known one, or all of them. */
  static String suggestion(String written, Collection<String> known) {
    return to(written, known)
        .map(word -> "did you mean '" + word + "'?")
        .orElseGet(() -> known.isEmpty() ? "remove it" : "known are " + String.join(", ", known));
  }

  static Optional<String> to(String written, Collection<String> known) {
    String plain = plain(written);
    int tolerated = Math.max(2, plain.length() / 3);
    return known.stream()
        .filter(word -> distance(plain, plain(word)) <= tolerated)
        .min(Comparator.comparingInt(word -> distance(plain, plain(word))));
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }

  private static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
      }
      above = current;
    }
    return above[to.length()];
  }
}
