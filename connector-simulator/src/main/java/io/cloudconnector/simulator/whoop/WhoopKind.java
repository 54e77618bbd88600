package io.cloudconnector.simulator.whoop;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of record that WHOOP keeps lists of. */
enum WhoopKind {
  CYCLE,
  SLEEP,
  RECOVERY,
  WORKOUT;

  /** WHOOP's own word, as in its event types. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static WhoopKind named(String word) {
    return Stream.of(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(word)));
  }

  private static String unknown(String word) {
    String known = Stream.of(values()).map(WhoopKind::word).collect(joining(", "));
    return "WHOOP keeps no '" + word + "'; it keeps " + known;
  }
}
