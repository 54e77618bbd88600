package io.cloudconnector.host.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An event that a sink has not taken yet.
 *
 * @param attempts how often it was refused
 * @param refusedFor for how long it was refused while others were taken; to the second
 */
public record OpenEvent(long seq, int attempts, Duration refusedFor) {
  static String text(List<OpenEvent> open) {
    return open.stream().map(OpenEvent::text).collect(Collectors.joining(" "));
  }

  private String text() {
    return attempts == 0 ? Long.toString(seq) : seq + ":" + attempts + ":" + refusedFor.toSeconds();
  }

  static List<OpenEvent> list(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(" ", -1)).map(OpenEvent::of).toList();
  }

  private static OpenEvent of(String text) {
    String[] parts = text.split(":", -1);
    return parts.length == 1
        ? new OpenEvent(Long.parseLong(text), 0, Duration.ZERO)
        : new OpenEvent(
            Long.parseLong(parts[0]),
            Integer.parseInt(parts[1]),
            Duration.ofSeconds(Long.parseLong(parts[2])));
  }
}
