package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One measurement of a time series. */
record SeriesRow(Instant at, JsonText values) {
  /** A wish for some fields does not keep these away. */
  private static final Set<String> ALWAYS = Set.of("timestamp", "timestamp_unix");

  /** What is served to someone who asks for these fields, or for all. */
  String text(Optional<Set<String>> fields) {
    JsonText all =
        JsonText.object()
            .text("timestamp", OuraTime.utc(at))
            .number("timestamp_unix", at.toEpochMilli())
            .all(values);
    return fields.map(wanted -> all.only(withAlways(wanted))).orElse(all).toString();
  }

  private static Set<String> withAlways(Set<String> wanted) {
    Set<String> names = new HashSet<>(wanted);
    names.addAll(ALWAYS);
    return names;
  }
}
