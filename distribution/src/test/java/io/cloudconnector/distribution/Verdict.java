package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What a judge found, a line for each. Not thread-safe. */
final class Verdict {
  private static final int SHOWN = 20;

  final List<String> lost = new ArrayList<>();
  final List<String> duplicated = new ArrayList<>();
  final List<String> reordered = new ArrayList<>();
  final List<String> invented = new ArrayList<>();
  int acknowledged;
  int delivered;

  /** Of the delivered changes, those that share the event of a later one. */
  int shared;

  /** Events that came late because a row stepped aside. */
  int aside;

  /** Receptions of what had been received before, under the same id. */
  int again;

  boolean isClean() {
    return lost.isEmpty() && duplicated.isEmpty() && reordered.isEmpty() && invented.isEmpty();
  }

  void assertClean() {
    assertThat(isClean()).as("%s", this).isTrue();
  }

  String counts() {
    return """
        acknowledged %d, delivered %d (%d in the event of a later change, %d again), \
        duplicated %d, lost %d, reordered %d (%d more had waited for over a minute), invented %d"""
        .formatted(
            acknowledged,
            delivered,
            shared,
            again,
            duplicated.size(),
            lost.size(),
            reordered.size(),
            aside,
            invented.size());
  }

  /** Counts, and the first findings of each kind. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(counts());
    show(text, "lost", lost);
    show(text, "duplicated", duplicated);
    show(text, "reordered", reordered);
    show(text, "invented", invented);
    return text.toString();
  }

  private static void show(StringBuilder text, String what, List<String> found) {
    found.stream()
        .limit(SHOWN)
        .forEach(one -> text.append("\n  ").append(what).append(": ").append(one));
  }
}
