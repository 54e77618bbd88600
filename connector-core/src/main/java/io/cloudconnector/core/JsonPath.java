package io.cloudconnector.core;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A JSON pointer (RFC 6901), taken apart. */
record JsonPath(List<String> steps) {
  private static final Pattern POINTER = Pattern.compile("(/([^~]|~[01])*)?", Pattern.DOTALL);
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  static JsonPath of(String pointer) {
    if (!POINTER.matcher(pointer).matches()) {
      throw new IllegalArgumentException(
          "'" + pointer + "' is no JSON pointer: write it empty or as /name/0/name (RFC 6901)");
    }
    return new JsonPath(
        pointer.isEmpty()
            ? List.of()
            : Arrays.stream(pointer.substring(1).split("/", -1)).map(JsonPath::unescape).toList());
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
