package io.cloudconnector.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A JSON pointer (RFC 6901), taken apart. */
record JsonPath(List<String> steps) {
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  static JsonPath of(String pointer) {
    if (pointer.isEmpty()) {
      return new JsonPath(List.of());
    }
    if (!isPointer(pointer)) {
      throw new IllegalArgumentException(
          "'" + pointer + "' is no JSON pointer: write it empty or as /name/0/name (RFC 6901)");
    }
    List<String> steps = new ArrayList<>();
    for (String step : pointer.substring(1).split("/", -1)) {
      steps.add(unescape(step));
    }
    return new JsonPath(List.copyOf(steps));
  }

  /** Connectors look into every webhook by several, so this is no regular expression. */
  private static boolean isPointer(String text) {
    boolean escapesHold = true;
    for (int at = text.indexOf('~'); escapesHold && at >= 0; at = text.indexOf('~', at + 1)) {
      escapesHold = text.startsWith("0", at + 1) || text.startsWith("1", at + 1);
    }
    return text.startsWith("/") && escapesHold;
  }

  private static String unescape(String step) {
    // The order matters: "~01" means "~1".
    return step.replace("~1", "/").replace("~0", "~");
  }

  /** What a step means in an array; empty when it names no element that could exist. */
  static OptionalInt index(String step) {
    return INDEX.matcher(step).matches()
        ? OptionalInt.of(Integer.parseInt(step))
        : OptionalInt.empty();
  }
}
